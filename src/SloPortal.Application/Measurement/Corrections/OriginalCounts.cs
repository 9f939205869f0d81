using Npgsql;
using NpgsqlTypes;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Corrections;

/// <summary>Reads what was measured where corrections have something else count.</summary>
public sealed class OriginalCounts(NpgsqlDataSource dataSource)
{
    private const string Differences =
        """
        SELECT sum(o.good - coalesce(m.good, 0)), sum(o.total - coalesce(m.total, 0)), count(o.minute)
        FROM unnest($1, $2, $3) WITH ORDINALITY AS asked (sli_id, starts, ends, place)
        LEFT JOIN sli_originals o ON o.sli_id = asked.sli_id AND o.minute >= asked.starts AND o.minute < asked.ends
        LEFT JOIN sli_minutes m ON m.sli_id = o.sli_id AND m.minute = o.minute
        GROUP BY asked.place ORDER BY asked.place
        """;

    private const string Covering = "SELECT DISTINCT correction_id FROM correction_spans WHERE sli_id = ANY ($1) AND starts < $3 AND ends > $2";

    private const string Spans = "SELECT starts, ends FROM correction_spans WHERE sli_id = $1 AND starts < $3 AND ends > $2 ORDER BY starts";

    private const string Effects =
        """
        SELECT c.correction_id, sum(o.good), sum(o.total), coalesce(sum(m.good), 0), coalesce(sum(m.total), 0)
        FROM correction_spans c
        JOIN sli_originals o ON o.sli_id = c.sli_id AND o.minute >= c.starts AND o.minute < c.ends
        LEFT JOIN sli_minutes m ON m.sli_id = o.sli_id AND m.minute = o.minute
        WHERE c.correction_id = ANY ($1) GROUP BY c.correction_id
        """;

    /// <summary>What was measured beyond what counts in each window, and in how many minutes something else counts; in the order asked.</summary>
    public async Task<IReadOnlyList<(EventCounts More, long Minutes)>> DifferencesAsync(IReadOnlyList<CountsAsked> windows, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(windows);
        if (windows.Count == 0)
            return [];
        await using var command = dataSource.CreateCommand(Differences);
        command.Parameters.Add(new() { Value = windows.Select(w => w.SliId).ToArray() });
        command.Parameters.Add(new() { Value = windows.Select(w => w.Window.Start).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = windows.Select(w => w.Window.End).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var differences = new List<(EventCounts, long)>();
        while (await reader.ReadAsync(ct))
            differences.Add((await reader.IsDBNullAsync(0, ct) ? EventCounts.None : new(reader.GetDouble(0), reader.GetDouble(1)), reader.GetInt64(2)));
        return differences;
    }

    /// <summary>The corrections in force of these SLIs that cover some of the window.</summary>
    public async Task<IReadOnlyList<Guid>> CoveringAsync(IReadOnlyList<int> slis, Interval window, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(slis);
        await using var command = dataSource.CreateCommand(Covering);
        command.Parameters.Add(new() { Value = slis.ToArray() });
        command.Parameters.Add(new() { Value = window.Start, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = window.End, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var corrections = new List<Guid>();
        while (await reader.ReadAsync(ct))
            corrections.Add(reader.GetGuid(0));
        return corrections;
    }

    /// <summary>The stretches of the window that corrections in force cover.</summary>
    public async Task<IReadOnlyList<Interval>> SpansAsync(int sli, Interval window, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(Spans);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = sli });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = window.Start });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = window.End });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var spans = new List<Interval>();
        while (await reader.ReadAsync(ct))
            spans.Add(new(reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1)));
        return spans;
    }

    /// <summary>What was measured and what counts in the minutes of each correction; those of which no minute has passed are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, (EventCounts Measured, EventCounts Counted)>> EffectsAsync(IReadOnlyList<Guid> corrections, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(corrections);
        var effects = new Dictionary<Guid, (EventCounts, EventCounts)>();
        if (corrections.Count == 0)
            return effects;
        await using var command = dataSource.CreateCommand(Effects);
        command.Parameters.Add(new() { Value = corrections.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            effects[reader.GetGuid(0)] = (new(reader.GetDouble(1), reader.GetDouble(2)), new(reader.GetDouble(3), reader.GetDouble(4)));
        return effects;
    }
}
