using System.Diagnostics;
using System.Globalization;

namespace SloPortal.Benchmarks;

/// <summary>
/// The portal under load for long: first as much as it takes, then half of that for minutes with objectives that are evaluated, then more
/// than it takes. What counts is that memory stays flat, that evaluation keeps up, that what is too much is put off with a time to come again,
/// that nothing acknowledged is lost, and that it recovers by itself.
/// </summary>
internal static class Pressure
{
    private const int PerSender = 2000;

    public static async Task RunAsync(int series, double minutes)
    {
        await using var portal = await IngestPortal.StartAsync("portal", IngestPortal.ReadAll);
        await portal.AddObjectivesAsync();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 4000 }) { BaseAddress = portal.Receiver.Client.BaseAddress, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = portal.Receiver.Client.DefaultRequestHeaders.Authorization;
        var senders = Enumerable.Range(0, series / PerSender).Select(i => new PressureSender(client, i * PerSender, PerSender)).ToList();

        await RunAsync(senders, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        var most = await RunAsync(senders, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Say($"{series} series, {senders.Count} senders of {PerSender}, each as soon as it is answered: {most:0} samples a second");

        var every = TimeSpan.FromSeconds(series / (most / 2));
        var watch = portal.WatchAsync(TimeSpan.FromMinutes(minutes));
        var half = await RunAsync(senders, every, TimeSpan.FromMinutes(minutes));
        var (memory, lags) = await watch;
        Say($"half of it, a scrape every {every.TotalMilliseconds:0} ms: {half:0} samples a second for {minutes:0.#} min; MiB above idle each {minutes * 6:0} s: {string.Join(' ', memory.Select(m => m.ToString("0", CultureInfo.InvariantCulture)))}");
        Say($"evaluation of {IngestPortal.Objectives} objectives was stored after the minute by: {string.Join(' ', lags.Select(l => l.ToString("0.00", CultureInfo.InvariantCulture)))} s");

        // So many that more waits than may wait. Their series are known before, so that what memory grows by is what waits.
        var crowd = Enumerable.Range(0, 800).Select(i => new PressureSender(client, series + (i * 200), 200, scrapes: 10)).ToList();
        foreach (var sender in crowd)
            await sender.SendAsync();
        await Task.Delay(TimeSpan.FromSeconds(5));
        var calm = portal.Receiver.MemoryAboveIdle();
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var peak = 0.0;
        var all = senders.Concat(crowd).ToList();
        var storedBefore = all.Sum(s => s.Stored);
        var running = Task.WhenAll(all.Select(s => s.RunAsync(TimeSpan.Zero, end.Token)));
        var clock = Stopwatch.StartNew();
        while (await Task.WhenAny(running, Task.Delay(500)) != running)
            peak = Math.Max(peak, portal.Receiver.MemoryAboveIdle());
        var seconds = clock.Elapsed.TotalSeconds;
        Say($"{all.Count} senders at once: {(all.Sum(s => s.Stored) - storedBefore) / seconds:0} samples a second stored, {all.Sum(s => s.PutOff)} requests put off with Retry-After, {all.Sum(s => s.Wrong)} answered otherwise; {calm:0} MiB above idle before, {peak:0} at most");

        clock.Restart();
        using (var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
            await senders[0].RunAsync(TimeSpan.FromMilliseconds(100), stop.Token);
        var stored = all.Sum(s => s.Stored);
        Say($"then one sender alone, for a second and its last answer: {clock.Elapsed.TotalSeconds:0.0} s");
        var accepted = await portal.Receiver.AcceptedAsync();
        var counted = await portal.CountedAsync();
        Say($"acknowledged {stored}, stored {accepted}; risen {all.Sum(s => s.Risen):0}, counted {counted:0}: {(stored == accepted && counted == all.Sum(s => s.Risen) ? "equal" : "NOT EQUAL")}");
    }

    private static async Task<double> RunAsync(List<PressureSender> senders, TimeSpan every, TimeSpan length)
    {
        var before = senders.Sum(s => s.Stored);
        var watch = Stopwatch.StartNew();
        using var stop = new CancellationTokenSource(length);
        await Task.WhenAll(senders.Select(s => s.RunAsync(every, stop.Token)));
        return (senders.Sum(s => s.Stored) - before) / watch.Elapsed.TotalSeconds;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
