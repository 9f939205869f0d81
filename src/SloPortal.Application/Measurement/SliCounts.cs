using Npgsql;
using NpgsqlTypes;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement;

/// <summary>One window of one SLI. It covers the minutes that start in it; both ends are rounded by nobody, so give minute boundaries.</summary>
public readonly record struct CountsAsked(int SliId, Interval Window);

/// <summary>How coarse the buckets of a chart are.</summary>
public enum BucketSize
{
    Minute,
    Hour,
    Day,
}

/// <summary>The stretch for which an SLI has counts: first and last minute with data.</summary>
public readonly record struct CountsCovered(DateTimeOffset FirstMinute, DateTimeOffset LastMinute)
{
    public Interval Interval => new(FirstMinute, LastMinute.AddMinutes(1));
}

/// <summary>
/// Reads what was counted. A window costs two look-ups in the running sums whatever its length (decision 0004), and any number of
/// windows costs one statement.
/// </summary>
public sealed class SliCounts(NpgsqlDataSource dataSource)
{
    // The last row that starts before the instant; where there is none, the sums stand where the next row begins, since retention may have removed
    // what came before. Minutes lie in a table for each month (decision 0028), which are asked from the newest one that is not too late until one answers.
    // No lower bound: a stretch of unknown length is taken for a few rows, and these would be sorted.
    private const string SumsBefore =
        """
        SELECT
            coalesce(before.good_sum, (SELECT m.good_sum - m.good FROM sli_minutes m WHERE m.sli_id = asked.sli_id AND m.minute >= asked.instant ORDER BY m.minute LIMIT 1), 0),
            coalesce(before.total_sum, (SELECT m.total_sum - m.total FROM sli_minutes m WHERE m.sli_id = asked.sli_id AND m.minute >= asked.instant ORDER BY m.minute LIMIT 1), 0)
        FROM unnest($1, $2) WITH ORDINALITY AS asked (sli_id, instant, place)
        LEFT JOIN LATERAL (
            SELECT m.good_sum, m.total_sum FROM sli_minutes m
            WHERE m.sli_id = asked.sli_id AND m.minute < asked.instant ORDER BY m.minute DESC LIMIT 1) before ON true
        ORDER BY asked.place
        """;

    private const string MinuteSums =
        """
        SELECT array_agg((date_part('epoch', minute) / 60)::integer), array_agg(good_sum), array_agg(total_sum),
            (SELECT ARRAY[good_sum - good, total_sum - total] FROM sli_minutes WHERE sli_id = $1 AND minute >= $2 ORDER BY minute LIMIT 1)
        FROM (SELECT minute, good_sum, total_sum FROM sli_minutes WHERE sli_id = $1 AND minute >= $2 AND minute < $3 ORDER BY minute) m
        """;

    private const string Covered =
        """
        SELECT asked.sli_id, oldest.minute, newest.minute
        FROM unnest($1) AS asked (sli_id)
        CROSS JOIN LATERAL (SELECT m.minute FROM sli_minutes m WHERE m.sli_id = asked.sli_id ORDER BY m.minute LIMIT 1) oldest
        CROSS JOIN LATERAL (SELECT m.minute FROM sli_minutes m WHERE m.sli_id = asked.sli_id ORDER BY m.minute DESC LIMIT 1) newest
        """;

    /// <summary>The counts of each window, in the order asked. A window without a minute of data has a total of zero.</summary>
    public async Task<IReadOnlyList<EventCounts>> InAsync(IReadOnlyList<CountsAsked> windows, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var slis = new int[windows.Count * 2];
        var instants = new DateTimeOffset[windows.Count * 2];
        for (var i = 0; i < windows.Count; i++)
        {
            slis[2 * i] = slis[2 * i + 1] = windows[i].SliId;
            instants[2 * i] = windows[i].Window.Start;
            instants[2 * i + 1] = windows[i].Window.End;
        }

        var sums = await BeforeAsync(slis, instants, ct);
        var counts = new EventCounts[windows.Count];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = sums[2 * i + 1] - sums[2 * i];
        return counts;
    }

    /// <summary>
    /// Everything counted before each instant, since the beginning of the SLI's history, in the order asked. Only differences of two
    /// of these mean anything.
    /// </summary>
    public async Task<EventCounts[]> BeforeAsync(int[] slis, DateTimeOffset[] instants, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        return await BeforeAsync(connection, slis, instants, ct);
    }

    /// <summary>The same over the caller's connection.</summary>
    public static async Task<EventCounts[]> BeforeAsync(NpgsqlConnection connection, int[] slis, DateTimeOffset[] instants, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(slis);
        ArgumentNullException.ThrowIfNull(instants);
        var sums = new EventCounts[slis.Length];
        if (sums.Length == 0)
            return sums;
        await using var command = new NpgsqlCommand(SumsBefore, connection)
        {
            Parameters =
            {
                new() { Value = slis, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new() { Value = instants, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        for (var i = 0; await reader.ReadAsync(ct); i++)
            sums[i] = new EventCounts(reader.GetDouble(0), reader.GetDouble(1));
        return sums;
    }

    /// <summary>
    /// Running sums that answer any window between the given instants, which must be in strictly ascending order; for callers that
    /// compute over many windows of one SLI.
    /// </summary>
    public async Task<RunningCounts> AtAsync(int sliId, IReadOnlyList<DateTimeOffset> instants, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(instants);
        var sums = await BeforeAsync([.. Enumerable.Repeat(sliId, instants.Count)], [.. instants], ct);
        // The sum before an instant is that of the last tick before it, and the first one is where counting begins.
        return RunningCounts.FromSums([.. instants.Select((instant, i) => new CountBucket(instant.AddTicks(-1), sums[i] - sums[0]))]);
    }

    /// <summary>What happened in each bucket that starts in the interval, oldest first; buckets without data are left out.</summary>
    public async Task<IReadOnlyList<CountBucket>> BucketsAsync(int sliId, Interval interval, BucketSize size, CancellationToken ct)
    {
        var sql = size switch
        {
            BucketSize.Minute => "SELECT minute, good, total FROM sli_minutes WHERE sli_id = $1 AND minute >= $2 AND minute < $3 ORDER BY minute",
            BucketSize.Hour => "SELECT hour, good, total FROM sli_hours WHERE sli_id = $1 AND hour >= $2 AND hour < $3 ORDER BY hour",
            BucketSize.Day => "SELECT day, good, total FROM sli_days WHERE sli_id = $1 AND day >= $2 AND day < $3 ORDER BY day",
            _ => throw new ArgumentOutOfRangeException(nameof(size), size, null),
        };
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = sliId }, new NpgsqlParameter<DateTimeOffset> { TypedValue = interval.Start }, new NpgsqlParameter<DateTimeOffset> { TypedValue = interval.End } },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var buckets = new List<CountBucket>();
        while (await reader.ReadAsync(ct))
            buckets.Add(new CountBucket(reader.GetFieldValue<DateTimeOffset>(0), new EventCounts(reader.GetDouble(1), reader.GetDouble(2))));
        return buckets;
    }

    /// <summary>
    /// Every minute from the first whole hour with data in the interval to the last, and at the latest to its end, for callers that
    /// judge every possible window; null where nothing was counted. The rows come as arrays, since there are half a million
    /// in a year.
    /// </summary>
    public async Task<MinuteCounts?> MinutesAsync(int sliId, Interval interval, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(MinuteSums, connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = sliId }, new NpgsqlParameter<DateTimeOffset> { TypedValue = interval.Start }, new NpgsqlParameter<DateTimeOffset> { TypedValue = interval.End } },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (await reader.IsDBNullAsync(0, ct))
            return null;
        var minutes = reader.GetFieldValue<int[]>(0);
        var start = DateTimeOffset.UnixEpoch.AddMinutes(minutes[0] / 60 * 60);
        var end = DateTimeOffset.UnixEpoch.AddMinutes((minutes[^1] / 60 + 1) * 60);
        var covered = new Interval(start < interval.Start ? interval.Start : start, end > interval.End ? interval.End : end);
        var first = (int)(covered.Start - DateTimeOffset.UnixEpoch).TotalMinutes;
        for (var i = 0; i < minutes.Length; i++)
            minutes[i] -= first;
        var before = reader.GetFieldValue<double[]>(3);
        return MinuteCounts.FromSums(covered, new EventCounts(before[0], before[1]), minutes, reader.GetFieldValue<double[]>(1), reader.GetFieldValue<double[]>(2));
    }

    /// <summary>From when to when each SLI has data; those without any are left out.</summary>
    public async Task<IReadOnlyDictionary<int, CountsCovered>> CoveredAsync(IReadOnlyCollection<int> slis, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(slis);
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(Covered, connection) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = [.. slis.Distinct()] } } };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var covered = new Dictionary<int, CountsCovered>();
        while (await reader.ReadAsync(ct))
            covered[reader.GetInt32(0)] = new(reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2));
        return covered;
    }
}
