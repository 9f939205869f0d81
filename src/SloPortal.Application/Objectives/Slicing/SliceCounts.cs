using Npgsql;
using NpgsqlTypes;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.Slicing;

/// <summary>
/// Brings slices up to what was counted (decision 0018). An hour is sliced anew whenever one of its minutes changed, also long after, and
/// until it has ended; the differences are applied as any increase is, so running sums, hours and days follow.
/// </summary>
internal static class SliceCounts
{
    /// <summary>Hours sliced in one transaction, which keeps ingest waiting for some tens of milliseconds.</summary>
    private const int ChunkSize = 300;

    /// <summary>Below this, two counts are the same but for rounding.</summary>
    private const double Rounding = 1e-9;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Slices that end at or before <paramref name="at"/>, a minute boundary.</summary>
    public static async Task BringUpToDateAsync(NpgsqlConnection connection, DateTimeOffset at, CancellationToken ct)
    {
        (DateTimeOffset Hour, int Id) after = (DateTimeOffset.MinValue, int.MinValue);
        IReadOnlyList<DueHour> due;
        while ((due = await DueAsync(connection, after, at, ct)).Count > 0)
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using (var head = new NpgsqlCommand("SELECT 1 FROM ingest_head FOR UPDATE", connection))
                await head.ExecuteNonQueryAsync(ct);
            var minutes = await MinutesAsync(connection, due, at, ct);
            await ApplyAsync(connection, [.. due.SelectMany((hour, i) => Increases(hour, minutes[2 * i], minutes[2 * i + 1], at))], ct);
            await ForgetAsync(connection, [.. due.Where(hour => hour.Start + Hour <= at)], ct);
            await transaction.CommitAsync(ct);
            after = (due[^1].Start, due[^1].SlicedId);
        }
    }

    private sealed record DueHour(int SlicedId, int SliId, BudgetingMethod Method, DateTimeOffset Start);

    private sealed record Increase(int SlicedId, CountBucket Slice);

    private static async Task<IReadOnlyList<DueHour>> DueAsync(NpgsqlConnection connection, (DateTimeOffset Hour, int Id) after, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT d.sliced_id, s.sli_id, s.method, d.hour FROM sliced_hours_due d JOIN sliced_slis s ON s.id = d.sliced_id
            WHERE (d.hour, d.sliced_id) > ($1, $2) AND d.hour < $3 ORDER BY d.hour, d.sliced_id LIMIT $4
            """, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<DateTimeOffset> { TypedValue = after.Hour }, new NpgsqlParameter<int> { TypedValue = after.Id },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = at }, new NpgsqlParameter<int> { TypedValue = ChunkSize },
            },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var due = new List<DueHour>();
        while (await reader.ReadAsync(ct))
            due.Add(new(reader.GetInt32(0), reader.GetInt32(1), MethodText.Parse(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset>(3)));
        return due;
    }

    /// <summary>For each hour the minutes that were counted and, in the next place, the slices that are stored.</summary>
    private static async Task<IReadOnlyList<List<CountBucket>>> MinutesAsync(NpgsqlConnection connection, IReadOnlyList<DueHour> due, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT due.place, m.minute, m.good, m.total
            FROM unnest($1, $2) WITH ORDINALITY AS due (sli_id, hour, place)
            JOIN sli_minutes m ON m.sli_id = due.sli_id AND m.minute >= due.hour AND m.minute < least(due.hour + interval '1 hour', $3)
            ORDER BY due.place, m.minute
            """, connection)
        {
            Parameters =
            {
                new() { Value = due.SelectMany(d => new[] { d.SliId, d.SlicedId }).ToArray() },
                new() { Value = due.SelectMany(d => new[] { d.Start, d.Start }).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = at },
            },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var minutes = new List<CountBucket>[2 * due.Count];
        for (var i = 0; i < minutes.Length; i++)
            minutes[i] = [];
        while (await reader.ReadAsync(ct))
            minutes[reader.GetInt64(0) - 1].Add(new(reader.GetFieldValue<DateTimeOffset>(1), new EventCounts(reader.GetDouble(2), reader.GetDouble(3))));
        return minutes;
    }

    private static IEnumerable<Increase> Increases(DueHour hour, List<CountBucket> counted, List<CountBucket> stored, DateTimeOffset at)
    {
        var ended = hour.Method.Floor(at);
        var covered = new Interval(hour.Start, ended < hour.Start + Hour ? ended : hour.Start + Hour);
        if (covered.IsEmpty)
            yield break;
        var slices = hour.Method.Count(MinuteCounts.FromBuckets(covered, counted.FindAll(minute => minute.Start < covered.End)));
        for (var start = covered.Start; start < covered.End; start += hour.Method.Step)
        {
            var now = slices.In(new Interval(start, start + hour.Method.Step));
            var difference = now - stored.Find(slice => slice.Start == start).Counts;
            if (Math.Abs(difference.Good) > Rounding || Math.Abs(difference.Total) > Rounding)
                yield return new Increase(hour.SlicedId, new CountBucket(start, difference));
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, IReadOnlyList<Increase> increases, CancellationToken ct)
    {
        if (increases.Count == 0)
            return;
        await using var command = new NpgsqlCommand("SELECT apply_sli_increments($1, $2, $3, $4)", connection)
        {
            Parameters =
            {
                new() { Value = increases.Select(i => i.SlicedId).ToArray() },
                new() { Value = increases.Select(i => i.Slice.Start).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new() { Value = increases.Select(i => i.Slice.Counts.Good).ToArray() },
                new() { Value = increases.Select(i => i.Slice.Counts.Total).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task ForgetAsync(NpgsqlConnection connection, IReadOnlyList<DueHour> done, CancellationToken ct)
    {
        if (done.Count == 0)
            return;
        await using var command = new NpgsqlCommand(
            "DELETE FROM sliced_hours_due d USING unnest($1, $2) AS done (id, hour) WHERE d.sliced_id = done.id AND d.hour = done.hour", connection)
        {
            Parameters =
            {
                new() { Value = done.Select(d => d.SlicedId).ToArray() },
                new() { Value = done.Select(d => d.Start).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
