using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Objectives.Deriving;

/// <summary>
/// Brings derived counts up to what was counted (decision 0018). An hour is counted anew whenever one of its minutes changed, also long
/// after, and until it has ended; the differences are applied as any increase is, so running sums, hours and days follow.
/// </summary>
internal static class DeriveCounts
{
    /// <summary>Hours counted in one transaction, which keeps ingest waiting for some tens of milliseconds.</summary>
    private const int ChunkSize = 300;

    /// <summary>Older hours that one call counts: a new history of a year is there after a few, and the rest does not wait for it.</summary>
    private const int MostOldHours = 3000;

    /// <summary>Hours from this age on are history; an objective whose history is not whole yet is not evaluated.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromHours(3);

    /// <summary>Below this, two counts are the same but for rounding.</summary>
    private const double Rounding = 1e-9;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>What is whole at <paramref name="at"/>, a minute boundary.</summary>
    public static async Task BringUpToDateAsync(NpgsqlConnection connection, IDbContextFactory<PortalDbContext> contexts, DateTimeOffset at, CancellationToken ct)
    {
        await using (var silent = new NpgsqlCommand("SELECT silent_hours_due($1)", connection) { Parameters = { new NpgsqlParameter<DateTimeOffset> { TypedValue = at } } })
            await silent.ExecuteNonQueryAsync(ct);
        // Composites first: slices of one follow from what it counts.
        foreach (var ofComposites in new[] { true, false })
            await RunAsync(connection, contexts, ofComposites, at - Recent, at, at, int.MaxValue, ct);
        foreach (var ofComposites in new[] { true, false })
            await RunAsync(connection, contexts, ofComposites, DateTimeOffset.MinValue, at - Recent, at, MostOldHours, ct);
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, IDbContextFactory<PortalDbContext> contexts, bool ofComposites,
        DateTimeOffset from, DateTimeOffset to, DateTimeOffset at, int most, CancellationToken ct)
    {
        (DateTimeOffset Hour, int Id) after = (from, int.MinValue);
        IReadOnlyList<DueHour> due;
        for (var done = 0; done < most && (due = await DueAsync(connection, ofComposites, after, to, ct)).Count > 0; done += due.Count)
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using (var head = new NpgsqlCommand("SELECT 1 FROM ingest_head FOR UPDATE", connection))
                await head.ExecuteNonQueryAsync(ct);
            var rules = await Derivation.ReadAsync(contexts, connection, [.. due.Select(d => d.Id).Distinct()], ct);
            await StoredMinutes.AddAsync(connection, await IncreasesAsync(connection, due, rules, at, ct), ct);
            await ForgetAsync(connection, [.. due.Where(hour => hour.Start + Hour <= at || !rules.ContainsKey(hour.Id))], ct);
            await transaction.CommitAsync(ct);
            after = (due[^1].Start, due[^1].Id);
        }
    }

    /// <summary>Whether the history of derived counts is not whole yet.</summary>
    public static async Task<bool> IsBehindAsync(PortalDbContext db, int countsId, DateTimeOffset now, CancellationToken ct) =>
        await db.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT FROM derived_hours_due WHERE sli_id = {countsId} AND hour < {now - Recent}) AS \"Value\"").SingleAsync(ct);

    private sealed record DueHour(int Id, DateTimeOffset Start);

    private static async Task<IReadOnlyList<DueHour>> DueAsync(
        NpgsqlConnection connection, bool ofComposites, (DateTimeOffset Hour, int Id) after, DateTimeOffset to, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT sli_id, hour FROM derived_hours_due
            WHERE (sli_id > 0) = $1 AND (hour, sli_id) > ($2, $3) AND hour < $4 ORDER BY hour, sli_id LIMIT $5
            """, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<bool> { TypedValue = ofComposites }, new NpgsqlParameter<DateTimeOffset> { TypedValue = after.Hour },
                new NpgsqlParameter<int> { TypedValue = after.Id }, new NpgsqlParameter<DateTimeOffset> { TypedValue = to }, new NpgsqlParameter<int> { TypedValue = ChunkSize },
            },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var due = new List<DueHour>();
        while (await reader.ReadAsync(ct))
            due.Add(new(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1)));
        return due;
    }

    private static async Task<IReadOnlyList<MinuteDelta>> IncreasesAsync(
        NpgsqlConnection connection, IReadOnlyList<DueHour> due, IReadOnlyDictionary<int, Derivation> rules, DateTimeOffset at, CancellationToken ct)
    {
        var wanted = due.Where(hour => rules.ContainsKey(hour.Id)).ToList();
        var minutes = await MinutesAsync(connection, [.. wanted.SelectMany(hour => rules[hour.Id].From.Append(hour.Id).Select(id => new DueHour(id, hour.Start)))], at, ct);
        var (increases, place) = (new List<MinuteDelta>(), 0);
        foreach (var hour in wanted)
        {
            var rule = rules[hour.Id];
            var (sources, stored) = (minutes[place..(place += rule.From.Count)], minutes[place++]);
            var ended = MinuteClock.Floor(at, rule.Step);
            var covered = new Interval(hour.Start, ended < hour.Start + Hour ? ended : hour.Start + Hour);
            if (covered.IsEmpty)
                continue;
            var silence = rule.Silent is { } silent ? await SilenceReader.ReadAsync(connection, silent.SliId, silent.Schedule, hour.Start, ct) : default;
            var counted = rule.Count(covered, [.. sources.Select(s => MinuteCounts.FromBuckets(covered, s.FindAll(minute => minute.Start < covered.End)))], silence);
            for (var start = covered.Start; start < covered.End; start += rule.Step)
            {
                var difference = counted.In(new Interval(start, start + rule.Step)) - stored.Find(bucket => bucket.Start == start).Counts;
                if (Math.Abs(difference.Good) > Rounding || Math.Abs(difference.Total) > Rounding)
                    increases.Add(new(hour.Id, UnixMinute.Of(start.ToUnixTimeMilliseconds()), difference.Good, difference.Total));
            }
        }

        return increases;
    }

    /// <summary>The minutes with counts of each SLI and hour, in the order asked.</summary>
    private static async Task<List<CountBucket>[]> MinutesAsync(NpgsqlConnection connection, IReadOnlyList<DueHour> asked, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT asked.place, m.minute, m.good, m.total
            FROM unnest($1, $2) WITH ORDINALITY AS asked (sli_id, hour, place)
            JOIN sli_minutes m ON m.sli_id = asked.sli_id AND m.minute >= asked.hour AND m.minute < least(asked.hour + interval '1 hour', $3)
            ORDER BY asked.place, m.minute
            """, connection)
        {
            Parameters =
            {
                new() { Value = asked.Select(a => a.Id).ToArray() },
                new() { Value = asked.Select(a => a.Start).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = at },
            },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var minutes = new List<CountBucket>[asked.Count];
        for (var i = 0; i < minutes.Length; i++)
            minutes[i] = [];
        while (await reader.ReadAsync(ct))
            minutes[reader.GetInt64(0) - 1].Add(new(reader.GetFieldValue<DateTimeOffset>(1), new EventCounts(reader.GetDouble(2), reader.GetDouble(3))));
        return minutes;
    }

    private static async Task ForgetAsync(NpgsqlConnection connection, IReadOnlyList<DueHour> done, CancellationToken ct)
    {
        if (done.Count == 0)
            return;
        await using var command = new NpgsqlCommand(
            "DELETE FROM derived_hours_due d USING unnest($1, $2) AS done (id, hour) WHERE d.sli_id = done.id AND d.hour = done.hour", connection)
        {
            Parameters =
            {
                new() { Value = done.Select(d => d.Id).ToArray() },
                new() { Value = done.Select(d => d.Start).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
