using System.Globalization;
using Npgsql;
using SloPortal.Domain.Common;
using SloPortal.TestSupport;

namespace SloPortal.Benchmarks;

/// <summary>
/// (c) Thirty days of traffic with a day and a week in it, target 99.9 %: the share of events that failed, what the portal's evaluation stores, and what the installed
/// Prometheus answers to Sloth's rule, which takes the mean of the ratios of five minutes. In that mean a quiet minute weighs as much as a busy one: where quiet hours
/// fail it sees a budget that is spent many times over, and where busy hours fail one that is left. With even traffic both are the same.
/// </summary>
internal static class SlothMean
{
    private const double Budget = 0.001;
    private const int Days = 30;

    /// <summary>Before the window, for its first ratio of five minutes.</summary>
    private const int MinutesBefore = 10;

    private static readonly Scene[] Scenes =
    [
        new("even traffic, 02:00 to 05:00 fail 0.5 %", _ => 500, at => at.Hour is >= 2 and < 5 ? 0.005 : 0.0001),
        new("02:00 to 05:00 fail 0.5 %", DayAndWeek, at => at.Hour is >= 2 and < 5 ? 0.005 : 0.0001),
        new("13:00 to 16:00 fail 0.5 %", DayAndWeek, at => at.Hour is >= 13 and < 16 ? 0.005 : 0.0001),
        new("one Sunday, 02:00 to 04:00, all fail", DayAndWeek, at => at is { Month: 8, Day: 30, Hour: >= 2 and < 4 } ? 1 : 0.0001),
        new("one Tuesday, 14:00 to 14:20, all fail", DayAndWeek, at => at is { Month: 9, Day: 1, Hour: 14, Minute: < 20 } ? 1 : 0.0001),
    ];

    public static async Task RunAsync()
    {
        if (!HistoryServer.IsInstalled("prometheus"))
        {
            Console.WriteLine("Prometheus is not installed, so there is nothing to compare with.");
            return;
        }

        await using var bench = await EvaluationBench.StartAsync();
        await using var database = NpgsqlDataSource.Create(bench.ConnectionString);
        await bench.FillAsync(Scenes.Length, Days, "SELECT 0 WHERE false");
        var minutes = Scenes.Select(scene => Minutes(scene, bench.End)).ToList();
        for (var i = 0; i < minutes.Count; i++)
            await StoreAsync(database, i + 1, minutes[i]);
        await bench.EvaluateAsync(bench.End);
        using var prometheus = await HistoryServer.StartAsync("prometheus", minutes.SelectMany((m, i) => Counters(i, m)), CancellationToken.None);

        Console.WriteLine("                                            failed of all events                       budget spent");
        Console.WriteLine("traffic of day and week                     true        portal      Sloth              portal      Sloth       difference");
        for (var i = 0; i < Scenes.Length; i++)
        {
            var window = minutes[i].Skip(MinutesBefore).Aggregate(EventCounts.None, (sum, minute) => sum + minute.Counts);
            var (ratio, spent) = await PortalAsync(database, i + 1);
            // The last sample is that of the minute before the end, and a second after it the first of the window's 43,200 minutes is the first that is asked.
            var theirs = await prometheus.QueryAsync(SlothRules.ErrorRatio(i), bench.End.AddMinutes(-1).AddSeconds(1), CancellationToken.None);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Scenes[i].Name,-42}  {window.ErrorRatio,-10:0.0000 %}  {ratio,-10:0.0000 %}  {theirs,-17:0.0000 %}  {spent,-10:0.0 %}  {theirs / Budget,-10:0.0 %}  {((theirs / Budget) - spent) * 100:+0.0;-0.0;0.0} points"));
        }
    }

    /// <summary>Few at night, most in the early afternoon, at weekends two fifths.</summary>
    private static double DayAndWeek(DateTimeOffset at)
    {
        var wave = Math.Sin((at.TimeOfDay.TotalHours - 2) * Math.PI / 24);
        return (15 + (985 * wave * wave)) * (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.4 : 1);
    }

    /// <summary>Whole events; what is left over of one minute is in the next.</summary>
    private static List<CountBucket> Minutes(Scene scene, DateTimeOffset end)
    {
        var (all, failed, minutes) = (0d, 0d, new List<CountBucket>());
        var count = (Days * 1440) + MinutesBefore;
        for (var i = 0; i < count; i++)
        {
            var at = end.AddMinutes(i - count);
            all += scene.Events(at);
            failed += scene.Events(at) * scene.Failing(at);
            var total = Math.Floor(all);
            var bad = Math.Min(Math.Floor(failed), total);
            (all, failed) = (all - total, failed - bad);
            minutes.Add(new CountBucket(at, EventCounts.OfBad(bad, total)));
        }

        return minutes;
    }

    /// <summary>Two counters, scraped at each minute.</summary>
    private static IEnumerable<ServedSample> Counters(int scene, List<CountBucket> minutes)
    {
        foreach (var (code, count) in ((string, Func<EventCounts, double>)[])[("200", c => c.Good), ("500", c => c.Bad)])
        {
            var value = 0d;
            foreach (var (at, counts) in minutes)
                yield return new ServedSample($"http_requests_total{{job=\"svc{scene}\",code=\"{code}\"}}", at, value += count(counts));
        }
    }

    private static async Task StoreAsync(NpgsqlDataSource database, int sli, List<CountBucket> minutes)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO sli_minutes (sli_id, minute, good, total, good_sum, total_sum)
                SELECT $1, minute, good, total, sum(good) OVER (ORDER BY minute), sum(total) OVER (ORDER BY minute) FROM unnest($2, $3, $4) AS m (minute, good, total)
            """);
        command.Parameters.Add(new() { Value = sli });
        command.Parameters.Add(new() { Value = minutes.Select(m => m.Start).ToArray() });
        command.Parameters.Add(new() { Value = minutes.Select(m => m.Counts.Good).ToArray() });
        command.Parameters.Add(new() { Value = minutes.Select(m => m.Counts.Total).ToArray() });
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<(double Ratio, double Spent)> PortalAsync(NpgsqlDataSource database, int objective)
    {
        await using var command = database.CreateCommand("SELECT 1 - s.good / s.total, 1 - s.left_share FROM budget_states s JOIN objectives o ON o.id = s.objective_id WHERE o.slug = 'o-' || $1");
        command.Parameters.Add(new() { Value = objective });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetDouble(0), reader.GetDouble(1));
    }

    /// <param name="Name">What happens.</param>
    /// <param name="Events">Of a minute.</param>
    /// <param name="Failing">The share of them that fails.</param>
    private sealed record Scene(string Name, Func<DateTimeOffset, double> Events, Func<DateTimeOffset, double> Failing);
}
