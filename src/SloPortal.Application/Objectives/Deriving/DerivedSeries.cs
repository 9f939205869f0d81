using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Measurement.Deciding;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.Deriving;

/// <summary>
/// What a budget is counted from: the SLI, or counts that follow from it by a method, without the vendors of a service, or by what was decided for it,
/// which all with the same terms share.
/// </summary>
internal static class DerivedSeries
{
    /// <param name="change">What needs them.</param>
    /// <param name="sliId">The SLI.</param>
    /// <param name="method">How its minutes are counted.</param>
    /// <param name="externalsOf">The service whose vendors' outages are left out; null where every minute counts.</param>
    /// <param name="asDecided">Whether it follows what was decided for the SLI, if anything was; a contract counts what was measured.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The id under which the counts stand. What is derived of the history follows with the next evaluation.</returns>
    public static async Task<int> CountsIdAsync(Change change, int sliId, BudgetingMethod method, Guid? externalsOf, bool asDecided, CancellationToken ct)
    {
        var decided = asDecided && await change.Db.CountingDecisions.AnyAsync(d => d.SliId == sliId && d.State == DecisionState.InForce, ct);
        if (method is Occurrences or CompositeMinutes && externalsOf is null && !decided)
            return sliId;
        // What is counted, or changes about a vendor, while the series is made would be missed by both; every change locks the head before the end of the audit chain.
        await change.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM ingest_head FOR UPDATE", ct);
        var text = method.ToString();
        var known = await change.Db.Database.SqlQuery<int>(
            $"SELECT id AS \"Value\" FROM sliced_slis WHERE sli_id = {sliId} AND method = {text} AND externals_of IS NOT DISTINCT FROM {externalsOf} AND decided = {decided}").ToListAsync(ct);
        if (known is [var id])
            return id;
        var made = await change.Db.Database.SqlQuery<int>(
            $"INSERT INTO sliced_slis (sli_id, method, externals_of, decided) VALUES ({sliId}, {text}, {externalsOf}, {decided}) RETURNING id AS \"Value\"").ToListAsync(ct);
        await change.Db.Database.ExecuteSqlAsync($"SELECT follow_sources(ARRAY[{made[0]}])", ct);
        return made[0];
    }

    /// <summary>The minutes of an SLI as its decisions count them; the SLI itself where nothing was decided.</summary>
    public static async Task<int> OfSliAsync(PortalDbContext db, int sliId, CancellationToken ct)
    {
        var text = BudgetingMethod.Default.ToString();
        var known = await db.Database.SqlQuery<int>($"SELECT id AS \"Value\" FROM sliced_slis WHERE sli_id = {sliId} AND method = {text} AND externals_of IS NULL AND decided").ToListAsync(ct);
        return known is [var id] ? id : sliId;
    }
}
