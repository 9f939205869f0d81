using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Deciding;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.Deriving;

/// <summary>Moves the agreements in force, and those to come, to the counts that follow the decisions for their SLI (decision 0026). What was agreed before keeps the counts that it was judged by.</summary>
internal sealed class DecidedCounts : IDecidedCounts
{
    public async Task FollowAsync(Change change, int sliId, CancellationToken ct)
    {
        await change.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM ingest_head FOR UPDATE", ct);
        await DerivedSeries.CountsIdAsync(change, sliId, BudgetingMethod.Default, externalsOf: null, asDecided: true, ct);
        var inForce = change.Db.VersionsInForceAt(change.Now).Select(v => v.Id);
        var versions = await (from v in change.Db.ObjectiveVersions.AsNoTracking()
                              join o in change.Db.Objectives on v.ObjectiveId equals o.Id
                              where v.SliId == sliId && (v.EffectiveFrom > change.Now || inForce.Contains(v.Id))
                              select new { v.Id, v.Method, v.Externals, o.ServiceId }).ToListAsync(ct);
        foreach (var version in versions)
        {
            var counts = await DerivedSeries.CountsIdAsync(change, sliId, version.Method, version.Externals == ExternalFailures.LeftOut ? version.ServiceId : null, asDecided: true, ct);
            await change.Db.Database.ExecuteSqlAsync($"UPDATE objective_versions SET counts_id = {counts} WHERE id = {version.Id}", ct);
        }

        // Those that follow earlier decisions read from now on what this one names; their past does not change.
        await change.Db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO derived_counts (from_sli_id, sli_id)
            SELECT source, s.id FROM sliced_slis s CROSS JOIN LATERAL decided_sources(s.sli_id) source WHERE s.sli_id = {sliId} AND s.decided
            ON CONFLICT DO NOTHING
            """, ct);
        await change.Db.Database.ExecuteSqlAsync(
            $"INSERT INTO derived_hours_due (sli_id, hour) SELECT id, date_trunc('hour', {change.Now}::timestamptz, 'UTC') FROM sliced_slis WHERE sli_id = {sliId} AND decided ON CONFLICT DO NOTHING", ct);
        change.Publish("objectives");
    }
}
