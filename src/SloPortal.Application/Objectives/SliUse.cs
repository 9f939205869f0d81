using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives;

/// <summary>Tells Measurement which objectives rely on an SLI: by the version in force, by one to come, or by an open proposal.</summary>
internal sealed class SliUse : ISliUse
{
    public async Task<IReadOnlyList<SliUser>> OfAsync(PortalDbContext db, int sliId, DateTimeOffset now, CancellationToken ct)
    {
        var objectives = from o in db.Objectives
                         join s in db.Services on o.ServiceId equals s.Id
                         where o.ArchivedAt == null
                         select new { o.Id, Service = s.Slug, o.Slug, o.Name };
        var inForce = await (from v in db.VersionsInForceAt(now)
                             join o in objectives on v.ObjectiveId equals o.Id
                             where v.SliId == sliId
                             select new { Objective = o, State = SliUseState.InForce, v.Target, v.Window }).ToListAsync(ct);
        var agreed = await (from v in db.ObjectiveVersions.AsNoTracking()
                            join o in objectives on v.ObjectiveId equals o.Id
                            where v.SliId == sliId && v.EffectiveFrom > now
                            select new { Objective = o, State = SliUseState.Agreed, v.Target, v.Window }).ToListAsync(ct);
        var proposed = await (from p in db.Proposals.AsNoTracking()
                              join o in objectives on p.ObjectiveId equals o.Id
                              where p.SliId == sliId && p.State == ProposalState.Open
                              select new { Objective = o, State = SliUseState.Proposed, p.Target, p.Window }).ToListAsync(ct);
        return
        [
            .. inForce.Concat(agreed).Concat(proposed)
                .Select(u => new SliUser(u.Objective.Service, u.Objective.Slug, u.Objective.Name, u.State, u.Target.Percent, u.Window.Phrase, u.Window.At(now).Start))
                .OrderBy(u => u.Name, StringComparer.Ordinal).ThenBy(u => u.State),
        ];
    }
}
