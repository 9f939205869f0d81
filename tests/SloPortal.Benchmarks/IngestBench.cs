using System.Globalization;

namespace SloPortal.Benchmarks;

/// <summary>
/// (a) CPU seconds of the receiving process for a million samples of remote write, answered when they are durable: the portal's process,
/// with PostgreSQL beside it, against Prometheus and VictoriaMetrics as receivers of the same bodies. Rounds in turn, so that all meet the
/// same machine; the figures are medians of the rounds. Build with -c Release.
/// </summary>
internal static class IngestBench
{
    private const int Rounds = 5;
    private const int SamplesPerRound = 1_000_000;

    // Long enough for the runtimes to have compiled what is hot.
    private const int SamplesBefore = 1_500_000;

    public static async Task RunAsync(int[] scales)
    {
        Console.WriteLine(
            """
            The portal and its PostgreSQL answer when samples are on disk and counted for their SLIs; Prometheus when they are in its log, VictoriaMetrics when they are in
            memory. The peers keep raw series that can be queried, which the portal does not: it keeps what it needs to count, and the counts.

            receiver                    series   CPU s per million   of Prometheus   of VictoriaMetrics   PostgreSQL CPU s   with it of Prometheus   samples a second   MiB above idle   accepted of sent
            """);
        foreach (var series in scales)
        {
            // A sender with more series uses more shards, as Prometheus does by itself.
            var shards = series > 20_000 ? 40 : 8;
            var perRequest = shards * ScrapeBodies.SamplesPerRequest;
            var (warm, round) = ((SamplesBefore + perRequest - 1) / perRequest, (SamplesPerRound + perRequest - 1) / perRequest);
            var samples = (warm + (Rounds * round)) * perRequest;
            var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - (ScrapeBodies.Interval * (samples / series + 1));
            var load = new IngestLoad(ScrapeBodies.Shards(shards, series, samples, start));
            await using var prometheus = await ReceivingPeer.PrometheusAsync();
            await using var victoria = await ReceivingPeer.VictoriaMetricsAsync();
            await using var tenth = await IngestPortal.StartAsync("portal, a tenth is read", IngestPortal.ReadATenth);
            await using var all = await IngestPortal.StartAsync("portal, all is read", IngestPortal.ReadAll);
            IngestReceiver[] receivers = [prometheus.Receiver, victoria.Receiver, tenth.Receiver, all.Receiver];
            await MeasureAsync(load, receivers, warm, round);
            foreach (var receiver in receivers)
                Print(receiver, series, prometheus.Receiver, victoria.Receiver, await receiver.AcceptedAsync(), samples);
            var (answers, ready) = await all.RestartAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed and started again: answers after {answers.TotalSeconds:0.0} s, takes samples {(ready - answers).TotalSeconds:0.0} s later"));
        }
    }

    private static async Task MeasureAsync(IngestLoad load, IngestReceiver[] receivers, int warm, int perRound)
    {
        foreach (var receiver in receivers)
            await load.SendAsync(receiver, 0, warm);
        for (var round = 0; round < Rounds; round++)
        {
            var from = warm + (round * perRound);
            foreach (var receiver in receivers)
                receiver.Rounds.Add(await load.SendAsync(receiver, from, from + perRound));
        }
    }

    private static void Print(IngestReceiver receiver, int series, IngestReceiver prometheus, IngestReceiver victoria, long accepted, int sent)
    {
        double cost = receiver.Median(c => c.Receiver), database = receiver.Median(c => c.Database);
        double ofPrometheus = prometheus.Median(c => c.Receiver), ofVictoria = victoria.Median(c => c.Receiver);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{receiver.Name,-24}  {series,8}   {cost,17:0.00}   {cost / ofPrometheus,12:0.00}×   {cost / ofVictoria,17:0.00}×   {database,16:0.00}   {(cost + database) / ofPrometheus,20:0.00}×   {receiver.Median(c => c.SamplesPerSecond),16:0}   {receiver.MemoryAboveIdle(),14:0}   {accepted,8} / {sent}"));
    }
}
