using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Reviews.Writing;

/// <param name="Postmortem">Its number; null where none is begun.</param>
/// <param name="MayBegin">Whether the actor may begin it.</param>
public sealed record IncidentReview(string IncidentTitle, int? Postmortem, bool MayBegin);

/// <summary>Whether an incident has its postmortem.</summary>
public sealed record FindPostmortem(int IncidentNumber)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IncidentReview>> HandleAsync(FindPostmortem request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await db.IncidentsFor(actor).AsNoTracking().Where(i => i.Number == request.IncidentNumber)
                .Select(i => new { i.Title, i.MergedIntoId, Postmortem = db.Postmortems.Where(p => p.IncidentId == i.Id).Select(p => (int?)p.Number).FirstOrDefault() })
                .SingleOrDefaultAsync(ct);
            return found is null
                ? Refusal.NotFound($"The incident {Incident.CodeOf(request.IncidentNumber)}")
                : new IncidentReview(found.Title, found.Postmortem, found.MergedIntoId is null && actor.May(Permission.Respond));
        }
    }
}
