using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Application.Measurement.Segments;

/// <summary>
/// Counts for a new split what the log still holds, as <see cref="Slis.SliBackfill"/> does for a new SLI, and keeps of it the minutes in which the segments
/// together are the SLI: the log begins in the midst of series, and what was before it cannot be told apart any more.
/// </summary>
internal sealed class SplitBackfill
{
    // Events are whole, or nearly so; sums of them in another order may differ in the last digits.
    private const double Same = 1e-9;

    private readonly int _sliId;
    private readonly HistoryFold _fold;

    private SplitBackfill(int sliId, SliDefinition definition, string[] labels, int cap)
    {
        _sliId = sliId;
        // Numbers are given once the head is locked; until then they only tell segments apart.
        _fold = new HistoryFold(sliId, definition, new SplitSegments(0, sliId, labels, cap, new SegmentNumbers()));
    }

    /// <summary>
    /// Folds the log. The long read comes before the lock of the head, so that ingest waits only for the rows that came during it. The caller's
    /// transaction holds the head from here on.
    /// </summary>
    public static async Task<SplitBackfill> FoldAsync(
        NpgsqlConnection connection, int sliId, SliDefinition definition, int? sourceId, string[] labels, int cap, CancellationToken ct)
    {
        var backfill = new SplitBackfill(sliId, definition, labels, cap);
        var seen = await LoggedSamples.HeadAsync(connection, locked: false, ct);
        await LoggedSamples.FoldAsync(connection, backfill._fold, definition, sourceId, after: 0, seen, DateTimeOffset.UnixEpoch, ct);
        var head = await LoggedSamples.HeadAsync(connection, locked: true, ct);
        if (head > seen)
            await LoggedSamples.FoldAsync(connection, backfill._fold, definition, sourceId, seen, head, DateTimeOffset.UnixEpoch, ct);
        return backfill;
    }

    /// <summary>The first minute from which on all that the SLI has counted was found in the log.</summary>
    public async Task<DateTimeOffset> SinceAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        var differences = new Dictionary<int, (double Good, double Total)>();
        foreach (var minute in _fold.Minutes.InOrder().Where(m => m.SliId == _sliId))
            differences[minute.Minute] = (minute.Good, minute.Total);
        var first = differences.Count > 0 ? differences.Keys.Min() : UnixMinute.Of(now.ToUnixTimeMilliseconds());
        await using var command = new NpgsqlCommand("SELECT minute, good, total FROM sli_minutes WHERE sli_id = $1 AND minute >= $2", connection)
        {
            Parameters = { new() { Value = _sliId }, new() { Value = UnixMinute.Start(first) } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var minute = UnixMinute.Of(reader.GetFieldValue<DateTimeOffset>(0).ToUnixTimeMilliseconds());
            var found = differences.GetValueOrDefault(minute);
            differences[minute] = (found.Good - reader.GetDouble(1), found.Total - reader.GetDouble(2));
        }
        var unlike = differences.Where(d => Math.Abs(d.Value.Good) > Same || Math.Abs(d.Value.Total) > Same).Select(d => d.Key + 1).DefaultIfEmpty(first).Max();
        return UnixMinute.Start(unlike);
    }

    /// <summary>Stores the segments that the log has, and what they counted since then.</summary>
    /// <returns>How many segments there are.</returns>
    public async Task<int> StoreAsync(NpgsqlConnection connection, SliSplit split, CancellationToken ct)
    {
        var made = _fold.NewSegments.ToList();
        if (made.Count == 0)
            return 0;
        var shift = await NextAsync(connection, ct) - made[0].Id;
        foreach (var segment in made)
        {
            await using var add = new NpgsqlCommand(
                "INSERT INTO sli_segments (id, split_id, sli_id, label_values, is_other, made_at, seq) SELECT $1, $2, $3, $4, $5, $6, seq FROM ingest_head", connection)
            {
                Parameters =
                {
                    new() { Value = segment.Id + shift }, new() { Value = split.Id }, new() { Value = _sliId },
                    new() { Value = segment.Values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, new() { Value = segment.IsOther }, new() { Value = split.SetAt },
                },
            };
            await add.ExecuteNonQueryAsync(ct);
        }
        var since = UnixMinute.Of(split.Since.ToUnixTimeMilliseconds());
        await StoredMinutes.AddAsync(connection, _fold.Minutes.InOrder().Where(m => m.SliId != _sliId && m.Minute >= since).Select(m => m with { SliId = m.SliId + shift }), ct);
        return made.Count;
    }

    private static async Task<int> NextAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(id) + 1, $1) FROM sli_segments", connection) { Parameters = { new() { Value = SliSegment.FirstId } } };
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}
