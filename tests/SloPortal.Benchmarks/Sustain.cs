using System.Globalization;

namespace SloPortal.Benchmarks;

/// <summary>How many samples a second the portal stores when its senders send as fast as they are answered, and what that costs on a machine that they share.</summary>
internal static class Sustain
{
    private const int Samples = 16_000_000;

    public static async Task RunAsync(int series)
    {
        var shards = series > 20_000 ? 40 : 8;
        var perRequest = shards * ScrapeBodies.SamplesPerRequest;
        var requests = Samples / perRequest;
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - (ScrapeBodies.Interval * (Samples / series + 1));
        var load = new IngestLoad(ScrapeBodies.Shards(shards, series, requests * perRequest, start));
        await using var portal = await IngestPortal.StartAsync("portal", IngestPortal.ReadAll);
        var warm = requests / 4;
        await load.SendAsync(portal.Receiver, 0, warm);
        var sender = ProcessorTime.OfThisProcess();
        var cost = await load.SendAsync(portal.Receiver, warm, requests);
        sender = (ProcessorTime.OfThisProcess() - sender) * 1e6 / ((requests - warm) * perRequest);
        var accepted = await portal.Receiver.AcceptedAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{series} series, {shards} connections: {cost.SamplesPerSecond:0} samples a second; CPU s per million: portal {cost.Receiver:0.00}, PostgreSQL {cost.Database:0.00}, sender {sender:0.00}; {portal.Receiver.MemoryAboveIdle():0} MiB above idle; {accepted} of {requests * perRequest} accepted"));
    }
}
