using System.Globalization;

namespace SloPortal.Benchmarks;

/// <summary>
/// (a) CPU seconds of the receiving process for a million samples of remote write, answered when they are durable: the portal's process,
/// with PostgreSQL beside it, against Prometheus as a receiver of the same bodies. Rounds in turn, so that all meet the same machine; the
/// figures are medians of the rounds. Build with -c Release.
/// </summary>
internal static class IngestBench
{
    private const int Shards = 8;
    private const int Rounds = 5;
    private const int WarmRequests = 40;
    private const int RequestsPerRound = 30;

    public static async Task RunAsync(int[] scales)
    {
        Console.WriteLine("receiver                    series   CPU s per million   of Prometheus   PostgreSQL CPU s per million   samples a second   accepted of sent");
        foreach (var series in scales)
        {
            var start = DateTimeOffset.UtcNow.AddHours(-3).ToUnixTimeMilliseconds();
            const int requests = WarmRequests + (Rounds * RequestsPerRound);
            const int samples = requests * Shards * ScrapeBodies.SamplesPerRequest;
            var load = new IngestLoad(ScrapeBodies.Shards(Shards, series, samples, start));
            await PrometheusReceiver.RunAsync(async (address, process) =>
            {
                using var client = new HttpClient { BaseAddress = address };
                var prometheus = new IngestReceiver("Prometheus", client, () => ProcessorTime.OfTree(process), () => 0, () => PrometheusReceiver.AppendedAsync(address));
                await using var tenth = await IngestPortal.StartAsync("portal, a tenth is read", IngestPortal.ReadATenth);
                await using var all = await IngestPortal.StartAsync("portal, all is read", IngestPortal.ReadAll);
                IngestReceiver[] receivers = [prometheus, tenth.Receiver, all.Receiver];
                await MeasureAsync(load, receivers);
                foreach (var receiver in receivers)
                    Print(receiver, series, prometheus, await receiver.AcceptedAsync(), samples);
                var (answers, ready) = await all.RestartAsync();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed and started again: answers after {answers.TotalSeconds:0.0} s, takes samples {(ready - answers).TotalSeconds:0.0} s later"));
                return true;
            });
        }
    }

    private static async Task MeasureAsync(IngestLoad load, IngestReceiver[] receivers)
    {
        foreach (var receiver in receivers)
            await load.SendAsync(receiver, 0, WarmRequests);
        for (var round = 0; round < Rounds; round++)
        {
            var from = WarmRequests + (round * RequestsPerRound);
            foreach (var receiver in receivers)
                receiver.Rounds.Add(await load.SendAsync(receiver, from, from + RequestsPerRound));
        }
    }

    private static void Print(IngestReceiver receiver, int series, IngestReceiver prometheus, long accepted, int sent) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{receiver.Name,-24}  {series,8}   {receiver.Median(c => c.Receiver),17:0.00}   {receiver.Median(c => c.Receiver) / prometheus.Median(c => c.Receiver),12:0.00}×   {receiver.Median(c => c.Database),28:0.00}   {receiver.Median(c => c.SamplesPerSecond),16:0}   {accepted,8} / {sent}"));
}
