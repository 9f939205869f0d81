using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Timeline.Phases;

/// <summary>When an incident began, was detected, acknowledged, mitigated and resolved: as derived, and as people adjusted it. Reading a restricted one is recorded.</summary>
/// <param name="Incident">Number.</param>
public sealed record GetPhases(int Incident)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads)
    {
        public async Task<Outcome<PhasesRead>> HandleAsync(GetPhases request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var visible = db.IncidentsFor(actor).AsNoTracking();
            if (await visible.Include(i => i.Alerts).SingleOrDefaultAsync(i => i.Number == request.Incident, ct) is not { } incident)
                return IncidentToChange.NotFound(request.Incident);
            if (incident.IsRestricted)
                await reads.RecordAsync(actor, "incident.read", "incident", incident.Id, IncidentToChange.Named(incident), ct);
            var phases = (await PhaseReading.OfAsync(db, [incident], visible, ct))[incident.Id];
            return PhasesRead.Of(phases, actor.May(Permission.Respond) && !incident.IsMerged);
        }
    }
}
