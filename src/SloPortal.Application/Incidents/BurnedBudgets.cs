using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Measurement;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Incidents;

/// <summary>
/// What an incident took from the budgets that it touches, from the running sums: two windows for each objective and one statement
/// for all of them, however long the incident lasted.
/// </summary>
public sealed class BurnedBudgets(IDbContextFactory<PortalDbContext> contexts, SliCounts counts)
{
    public async Task<IReadOnlyList<AffectedObjective>> OfAsync(Incident incident, DateTimeOffset now, CancellationToken ct)
    {
        var impact = WholeMinutes(incident.ImpactAt(now));
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = incident.ObjectiveIds;
        var rows = await (from o in db.Objectives.AsNoTracking()
                          join s in db.Services on o.ServiceId equals s.Id
                          join v in db.VersionsInForceAt(impact.End) on o.Id equals v.ObjectiveId into versions
                          from v in versions.DefaultIfEmpty()
                          join b in db.BudgetStates on o.Id equals b.ObjectiveId into states
                          from b in states.DefaultIfEmpty()
                          where ids.Contains(o.Id)
                          orderby s.Name, o.Name
                          select new { Service = s.Slug, ServiceName = s.Name, o.Slug, o.Name, Version = v, State = b }).ToListAsync(ct);
        var measured = rows.Where(r => r.Version is not null).ToList();
        var seen = await counts.InAsync([.. measured.SelectMany(r => new CountsAsked[] { new(r.Version.CountsId, impact), new(r.Version.CountsId, r.Version.Window.At(impact.End)) })], ct);
        return rows.ConvertAll(r =>
        {
            var place = measured.IndexOf(r);
            var burned = place < 0 ? null : BurnedBudget.Of(seen[2 * place], ErrorBudget.At(impact.End, seen[2 * place + 1], r.Version.Target, r.Version.Window));
            return new AffectedObjective(
                r.Service, r.ServiceName, r.Slug, r.Name, r.Version?.Target.Percent, r.Version?.Window.ToString(), burned, r.State?.LeftShare, r.State?.BurnLastHour, r.State?.Standing);
        });
    }

    // Counts are kept by the minute; the minutes in which it began and ended are part of it.
    private static Interval WholeMinutes(Interval impact) => new(MinuteClock.Floor(impact.Start), MinuteClock.Ceiling(impact.End));
}
