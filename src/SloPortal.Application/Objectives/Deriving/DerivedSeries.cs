using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.Deriving;

/// <summary>
/// What a budget is counted from: the SLI, or counts that follow from it by a method, or without the vendors of a service, which all
/// with the same terms share.
/// </summary>
internal static class DerivedSeries
{
    /// <param name="change">What needs them.</param>
    /// <param name="sliId">The SLI.</param>
    /// <param name="method">How its minutes are counted.</param>
    /// <param name="externalsOf">The service whose vendors' outages are left out; null where every minute counts.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The id under which the counts stand. What is derived of the history follows with the next evaluation.</returns>
    public static async Task<int> CountsIdAsync(Change change, int sliId, BudgetingMethod method, Guid? externalsOf, CancellationToken ct)
    {
        if (method is Occurrences or CompositeMinutes && externalsOf is null)
            return sliId;
        // What is counted, or changes about a vendor, while the series is made would be missed by both; every change locks the head before the end of the audit chain.
        await change.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM ingest_head FOR UPDATE", ct);
        var text = method.ToString();
        var known = await change.Db.Database.SqlQuery<int>(
            $"SELECT id AS \"Value\" FROM sliced_slis WHERE sli_id = {sliId} AND method = {text} AND externals_of IS NOT DISTINCT FROM {externalsOf}").ToListAsync(ct);
        if (known is [var id])
            return id;
        var made = await change.Db.Database.SqlQuery<int>(
            $"INSERT INTO sliced_slis (sli_id, method, externals_of) VALUES ({sliId}, {text}, {externalsOf}) RETURNING id AS \"Value\"").ToListAsync(ct);
        await change.Db.Database.ExecuteSqlAsync($"SELECT follow_sources(ARRAY[{made[0]}])", ct);
        return made[0];
    }
}
