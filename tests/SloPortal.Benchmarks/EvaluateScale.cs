using System.Globalization;

namespace SloPortal.Benchmarks;

/// <summary>
/// Cost of an objective at 100, 1,000 and 10,000 objectives and at 7 and 90 days: it should not depend on either. Every SLI has a
/// row for each of the last 1,500 minutes and for each hour before, so that 10,000 of them fit on a disk; an evaluation looks up the
/// boundaries of its windows only, so that the rows between them cost nothing but height of the index.
/// </summary>
internal static class EvaluateScale
{
    private const string Rows =
        "SELECT a FROM generate_series(0, 1500) a UNION SELECT a FROM generate_series(1500, $3, 60) a";

    public static async Task RunAsync()
    {
        await using var bench = await EvaluationBench.StartAsync();
        Console.WriteLine("objectives  days  portal µs  PostgreSQL µs  sum µs  ms for all, elapsed");
        var costs = new List<double>();
        foreach (var days in new[] { 7, 90 })
        {
            foreach (var objectives in new[] { 100, 1000, 10_000 })
            {
                await bench.FillAsync(objectives, days, Rows);
                var cost = await bench.MeasureAsync(runs: objectives switch { 100 => 50, 1000 => 30, _ => 10 });
                costs.Add(cost.Processor / objectives);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{objectives,10:N0}  {days,4}  {Micro(cost.Portal, objectives),9:N0}  {Micro(cost.Database, objectives),13:N0}  {Micro(cost.Processor, objectives),6:N0}  {cost.Elapsed * 1000,19:N0}"));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dearest ÷ cheapest objective: {costs.Max() / costs.Min():0.00}"));
    }

    private static double Micro(double seconds, int objectives) => seconds / objectives * 1e6;
}
