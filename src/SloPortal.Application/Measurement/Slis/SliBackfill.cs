using Npgsql;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>
/// Counts for a new SLI what the log already holds, exactly once: the rows up to the head are folded here while the head is locked,
/// the rows after it are counted by the writers, which see the SLI from the next row on.
/// </summary>
internal static class SliBackfill
{
    /// <summary>
    /// Counts within the transaction that inserts the SLI. The long read of the log comes before the lock, so that ingest waits only
    /// for the rows that came during it. The head is locked for any SLI: the commit tells the writers of the new one through it, and
    /// every change locks the head before the end of the audit chain.
    /// </summary>
    /// <returns>What was folded.</returns>
    public static async Task<HistoryFold> RunAsync(NpgsqlConnection connection, int sliId, SliDefinition definition, int? sourceId, CancellationToken ct)
    {
        var fold = new HistoryFold(sliId, definition);
        var seen = await LoggedSamples.HeadAsync(connection, locked: false, ct);
        await LoggedSamples.FoldAsync(connection, fold, definition, sourceId, after: 0, seen, DateTimeOffset.UnixEpoch, ct);
        var head = await LoggedSamples.HeadAsync(connection, locked: true, ct);
        if (head > seen)
            await LoggedSamples.FoldAsync(connection, fold, definition, sourceId, seen, head, DateTimeOffset.UnixEpoch, ct);

        await StoredMinutes.AddAsync(connection, fold.Minutes.InOrder(), ct);
        return fold;
    }
}
