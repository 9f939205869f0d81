using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using SloPortal.Application.Measurement;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;

namespace SloPortal.Benchmarks;

/// <summary>
/// A year of minutes of one objective, every 30-day window judged: the portal (reading the minutes, all windows, the forecast with its
/// intervals) against the straightforward window query over the same rows, target a twentieth, and against the same query with counts
/// cast to whole numbers, whose sums PostgreSQL can slide. And what a target costs that is dragged afterwards; target: 100 ms.
/// </summary>
internal static class Replay
{
    private const int Minutes = 365 * 24 * 60;

    /// <summary>The portal may take this part of the time of straightforward SQL.</summary>
    private const int Share = 20;

    private static readonly CompositeFormat WindowQuery = CompositeFormat.Parse(
        """
        SELECT count(*) FILTER (WHERE total - good <= total * 0.001), count(*), min(good / total) FROM (
            SELECT minute, sum(good{0}) OVER w AS good, sum(total{0}) OVER w AS total FROM sli_minutes WHERE sli_id = 1
            WINDOW w AS (ORDER BY minute RANGE BETWEEN interval '30 days' - interval '1 minute' PRECEDING AND CURRENT ROW)) windows
        WHERE minute >= $1 AND total > 0
        """);

    public static async Task RunAsync()
    {
        await using var bench = await EvaluationBench.StartAsync();
        await using var source = NpgsqlDataSource.Create(bench.ConnectionString);
        var end = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        await FillAsync(source, end);
        var counts = new SliCounts(source);
        var (target, window) = (new ObjectiveTarget(99.9m), new RollingWindow(30));

        var query = new List<double>();
        var replay = new List<double>();
        var reading = new List<double>();
        var drag = new List<double>();
        (long Met, long Windows) bySql = default, byPortal = default;
        for (var run = 0; run < 5; run++)
        {
            query.Add(await TimeAsync(async () => bySql = await QueryAsync(source, "::bigint", end)));
            PastWindows? past = null;
            WindowForecast? forecast = null;
            replay.Add(await TimeAsync(async () =>
            {
                var started = Stopwatch.GetTimestamp();
                var minutes = (await counts.MinutesAsync(1, new Interval(end.AddDays(-400), end), CancellationToken.None))!;
                reading.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                past = PastWindows.Of(minutes, window);
                forecast = WindowForecast.From(minutes, new Interval(end, end.AddDays(30)), 1);
                var (result, _) = (past.Judge(target), forecast!.Break(target));
                byPortal = (result.Met, result.Windows);
            }));
            drag.Add(await TimeAsync(() =>
            {
                for (var i = 0; i < 100; i++)
                    _ = (past!.Judge(new ObjectiveTarget(99m + (i / 200m))), forecast!.Break(new ObjectiveTarget(99m + (i / 200m))));
                return Task.CompletedTask;
            }) / 100);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"windows met: SQL {bySql.Met:N0} of {bySql.Windows:N0}, portal {byPortal.Met:N0} of {byPortal.Windows:N0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sliding SQL {query.Min() * 1000:N0} ms, portal {replay.Min() * 1000:N0} ms, of which reading {reading.Min() * 1000:N0} ms: 1/{query.Min() / replay.Min():0.0}; another target {drag.Min() * 1e3:0.00} ms"));
        await JudgePlainAsync(source, end, replay.Min());
    }

    /// <summary>The straightforward query adds up each window from its beginning, for an hour or so: it gets the time that decides and no more.</summary>
    private static async Task JudgePlainAsync(NpgsqlDataSource source, DateTimeOffset end, double replay)
    {
        var allowed = (int)Math.Ceiling(replay * Share);
        try
        {
            var plain = await TimeAsync(() => QueryAsync(source, "", end, allowed));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"straightforward SQL {plain * 1000:N0} ms: 1/{plain / replay:0.0}, target 1/{Share} missed"));
        }
        catch (NpgsqlException e) when (e.InnerException is TimeoutException)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"straightforward SQL was stopped after {allowed} s, {Share} times what the portal took: target met"));
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task FillAsync(NpgsqlDataSource source, DateTimeOffset end)
    {
        await using var command = source.CreateCommand(
            """
            INSERT INTO sli_minutes (sli_id, minute, good, total, good_sum, total_sum)
            SELECT 1, $1 - make_interval(mins => $2 - i), good, total, sum(good) OVER (ORDER BY i), sum(total) OVER (ORDER BY i)
            FROM (SELECT i, total - CASE WHEN i % 1440 < 10 THEN 40 ELSE i % 3 END AS good, total FROM (SELECT i, 900 + (i % 1440) / 10 AS total FROM generate_series(0, $2 - 1) i) t) m
            """);
        command.Parameters.Add(new() { Value = end });
        command.Parameters.Add(new() { Value = Minutes });
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
        await using var analyze = source.CreateCommand("VACUUM ANALYZE sli_minutes");
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task<(long Met, long Windows)> QueryAsync(NpgsqlDataSource source, string cast, DateTimeOffset end, int seconds = 600)
    {
        await using var command = source.CreateCommand(string.Format(CultureInfo.InvariantCulture, WindowQuery, cast));
        command.Parameters.Add(new() { Value = end.AddMinutes(-Minutes).AddDays(30).AddMinutes(-1) });
        command.CommandTimeout = seconds;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
