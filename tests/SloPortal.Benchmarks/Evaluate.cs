using System.Globalization;

namespace SloPortal.Benchmarks;

/// <summary>
/// One evaluation of 300 and of 1,000 objectives over 30 days, the whole alert table, results stored. Every SLI has a row for each of
/// the last 3 days' minutes, which the alert windows read, and for each tenth minute before: a window costs two look-ups, so that more
/// rows would cost time to fill and nothing to evaluate. Against it stands Prometheus evaluating the rules that Sloth generates, with
/// 100 objectives, two series each and a sample a minute, since its cost is by the rule; scraped every 15 s, as is usual, it would have
/// four times as many samples to read.
/// </summary>
internal static class Evaluate
{
    private const int PrometheusObjectives = 100;
    private const string Rows = "SELECT a FROM generate_series(0, 4500) a UNION SELECT a FROM generate_series(4500, $3, 10) a";

    public static async Task RunAsync()
    {
        double ours = 0;
        await using (var bench = await EvaluationBench.StartAsync())
        {
            Console.WriteLine("objectives  portal ms  PostgreSQL ms  ms an objective  elapsed ms");
            await bench.WarmUpAsync();
            foreach (var objectives in new[] { 300, 1000 })
            {
                await bench.FillAsync(objectives, days: 30, Rows);
                var cost = await bench.MeasureAsync(runs: 30);
                ours = Math.Max(ours, cost.Processor / objectives);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{objectives,10:N0}  {cost.Portal * 1000,9:0.0}  {cost.Database * 1000,13:0.0}  {cost.Processor * 1000 / objectives,15:0.000}  {cost.Elapsed * 1000,10:0}"));
            }
        }

        if (await SlothOnPrometheus.MeasureAsync(PrometheusObjectives) is not { } theirs)
        {
            Console.WriteLine("Prometheus is not installed, so there is nothing to compare with.");
            return;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Prometheus with Sloth's rules: {theirs * 1000:0.0} ms an objective"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"portal ÷ Prometheus: 1/{theirs / ours:0}"));
    }
}
