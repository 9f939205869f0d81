using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull.Backfills;

/// <summary>From where the series of a new SLI are counted live.</summary>
internal static class BackfillHeads
{
    /// <summary>The first samples of what was folded.</summary>
    public static IReadOnlyList<BackfillSeries> Of(HistoryFold fold) =>
        [.. fold.Series.Where(s => s.First is not null).Select(s => new BackfillSeries(s.Labels.ToJson(), null, s.First))];

    /// <summary>
    /// The heads with those of series that the pull has met since, from the log; null where the pull has not come to every selector yet.
    /// </summary>
    public static async Task<IReadOnlyList<BackfillSeries>?> ReadAsync(
        NpgsqlConnection connection, Backfill backfill, SliDefinition definition, int sourceId, CancellationToken ct)
    {
        var selectors = definition.Selectors().Select(s => s.ToString()).Distinct().ToArray();
        await using var reached = new NpgsqlCommand("SELECT count(*) FROM pull_positions WHERE source_id = $1 AND selector = ANY($2) AND pulled_until >= $3", connection)
        {
            Parameters = { new() { Value = sourceId }, new() { Value = selectors, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, new() { Value = backfill.Until } },
        };
        if ((long)(await reached.ExecuteScalarAsync(ct))! < selectors.Length)
            return null;

        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var fold = new HistoryFold(backfill.SliId, definition);
        var head = await LoggedSamples.HeadAsync(connection, locked: false, ct);
        await LoggedSamples.FoldAsync(connection, fold, definition, sourceId, after: 0, head, DateTimeOffset.UnixEpoch, ct);
        // The log forgets its oldest rows; what was known when the SLI was made stands.
        var known = backfill.Series.Select(s => s.Labels).ToHashSet(StringComparer.Ordinal);
        return [.. backfill.Series, .. Of(fold).Where(s => !known.Contains(s.Labels))];
    }
}
