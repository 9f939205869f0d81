using System.Globalization;

namespace SloPortal.Benchmarks;

/// <summary>
/// Cost of an objective at 100, 1,000 and 10,000 objectives and at 7 and 90 days: it should not depend on either. Every SLI has a
/// row for each of the last 480 minutes, for each hour of 4 days and for each sixth hour before, so that 10,000 of them are filled in
/// a minute; an evaluation looks up the boundaries of its windows only, so that the rows between them cost nothing but height of the index.
/// Target for a cycle of 10,000: less than 5 s of CPU.
/// </summary>
internal static class EvaluateScale
{
    /// <summary>What a cycle of 10,000 objectives may cost, in CPU seconds.</summary>
    public const double CycleTarget = 5;

    public const string Rows =
        "SELECT a FROM generate_series(0, 480) a UNION SELECT a FROM generate_series(480, 5760, 60) a UNION SELECT a FROM generate_series(5760, $3, 360) a";

    public static async Task RunAsync()
    {
        await using var bench = await EvaluationBench.StartAsync();
        Console.WriteLine("objectives  days  portal µs  PostgreSQL µs  sum µs  ms for all, elapsed");
        var costs = new List<double>();
        await bench.WarmUpAsync();
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

        foreach (var (days, place) in new[] { (7, 0), (90, 3) })
        {
            // Two points of a line: what a pass costs before its first objective, and what each adds.
            var (hundred, thousand) = (costs[place] * 100, costs[place + 1] * 1000);
            var each = (thousand - hundred) / 900;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{days} days: {(hundred - (100 * each)) * 1000:0.0} ms for a pass and {each * 1e6:N0} µs for each objective, from 100 and 1,000"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a cycle of 10,000: {costs[2] * 10_000:0.00} s of CPU over 7 days, {costs[5] * 10_000:0.00} s over 90; target less than {CycleTarget} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dearest ÷ cheapest objective: {costs.Max() / costs.Min():0.00}"));
    }

    private static double Micro(double seconds, int objectives) => seconds / objectives * 1e6;
}
