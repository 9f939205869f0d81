using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.Deriving;

/// <summary>What an objective's budget is counted from: the SLI, or its slices by one method, which all objectives with that method share.</summary>
internal static class SlicedSeries
{
    /// <returns>The id under which the counts stand. Slices of the history follow with the next evaluation.</returns>
    public static async Task<int> CountsIdAsync(Change change, int sliId, BudgetingMethod method, CancellationToken ct)
    {
        if (method is Occurrences or CompositeMinutes)
            return sliId;
        // What is counted while the series is made would be missed by both; every change locks the head before the end of the audit chain.
        await change.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM ingest_head FOR UPDATE", ct);
        var text = method.ToString();
        await change.Db.Database.ExecuteSqlAsync(
            $"""
            WITH made AS (INSERT INTO sliced_slis (sli_id, method) VALUES ({sliId}, {text}) ON CONFLICT DO NOTHING RETURNING id),
            follows AS (INSERT INTO derived_counts (from_sli_id, sli_id) SELECT {sliId}, id FROM made)
            INSERT INTO derived_hours_due (sli_id, hour) SELECT made.id, h.hour FROM made JOIN sli_hours h ON h.sli_id = {sliId}
            """, ct);
        return await change.Db.Database.SqlQuery<int>($"SELECT id AS \"Value\" FROM sliced_slis WHERE sli_id = {sliId} AND method = {text}").SingleAsync(ct);
    }
}
