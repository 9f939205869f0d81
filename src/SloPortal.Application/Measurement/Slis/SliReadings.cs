using Npgsql;
using NpgsqlTypes;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>How an SLI stands now.</summary>
internal sealed record LatestReading(DateTimeOffset LastMinute, EventCounts LastHour, EventCounts LastDay);

/// <summary>Reads the minute and hour tables for pages and lists.</summary>
internal static class SliReadings
{
    private const string Latest =
        """
        SELECT asked.sli_id, newest.minute,
            newest.good_sum - coalesce(hour.good_sum, 0), newest.total_sum - coalesce(hour.total_sum, 0),
            newest.good_sum - coalesce(day.good_sum, 0), newest.total_sum - coalesce(day.total_sum, 0)
        FROM unnest($1) AS asked (sli_id)
        CROSS JOIN LATERAL (SELECT minute, good_sum, total_sum FROM sli_minutes m WHERE m.sli_id = asked.sli_id ORDER BY minute DESC LIMIT 1) newest
        LEFT JOIN LATERAL (SELECT good_sum, total_sum FROM sli_minutes m WHERE m.sli_id = asked.sli_id AND m.minute < $2 - interval '1 hour' ORDER BY minute DESC LIMIT 1) hour ON true
        LEFT JOIN LATERAL (SELECT good_sum, total_sum FROM sli_minutes m WHERE m.sli_id = asked.sli_id AND m.minute < $2 - interval '1 day' ORDER BY minute DESC LIMIT 1) day ON true
        """;

    private const string Hours = "SELECT hour, good, total, minutes FROM sli_hours WHERE sli_id = $1 AND hour >= $2 AND hour < $3 ORDER BY hour";

    private const string Steps =
        """
        SELECT date_bin($4, minute, TIMESTAMPTZ '2000-01-01 00:00:00Z') AS step, sum(good), sum(total), count(*)
        FROM sli_minutes WHERE sli_id = $1 AND minute >= $2 AND minute < $3
        GROUP BY step ORDER BY step
        """;

    /// <summary>The newest minute and the sums of the last hour and day; SLIs without data are left out.</summary>
    public static async Task<IReadOnlyDictionary<int, LatestReading>> LatestAsync(NpgsqlDataSource dataSource, int[] slis, DateTimeOffset now, CancellationToken ct)
    {
        var readings = new Dictionary<int, LatestReading>();
        await using var command = dataSource.CreateCommand(Latest);
        command.Parameters.Add(new() { Value = slis, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            readings[reader.GetInt32(0)] = new LatestReading(
                reader.GetFieldValue<DateTimeOffset>(1), new EventCounts(reader.GetDouble(2), reader.GetDouble(3)), new EventCounts(reader.GetDouble(4), reader.GetDouble(5)));
        }
        return readings;
    }

    /// <summary>What was counted in each hour that has data.</summary>
    public static Task<List<SliStep>> HoursAsync(NpgsqlDataSource dataSource, int sliId, Interval interval, CancellationToken ct) =>
        ReadAsync(dataSource.CreateCommand(Hours), sliId, interval, null, ct);

    /// <summary>What was counted in each step that has data; steps are multiples of their length since 2000-01-01.</summary>
    public static Task<List<SliStep>> StepsAsync(NpgsqlDataSource dataSource, int sliId, Interval interval, TimeSpan step, CancellationToken ct) =>
        ReadAsync(dataSource.CreateCommand(Steps), sliId, interval, step, ct);

    private static async Task<List<SliStep>> ReadAsync(NpgsqlCommand command, int sliId, Interval interval, TimeSpan? step, CancellationToken ct)
    {
        await using var _ = command;
        command.Parameters.Add(new() { Value = sliId });
        command.Parameters.Add(new() { Value = interval.Start });
        command.Parameters.Add(new() { Value = interval.End });
        if (step is { } length)
            command.Parameters.Add(new() { Value = length });
        var steps = new List<SliStep>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            steps.Add(new SliStep(reader.GetFieldValue<DateTimeOffset>(0), reader.GetDouble(1), reader.GetDouble(2), (int)Convert.ToInt64(reader.GetValue(3), System.Globalization.CultureInfo.InvariantCulture)));
        return steps;
    }
}
