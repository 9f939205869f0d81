using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Application.Measurement.Coverage;

/// <summary>An SLI of a service that the journey needs.</summary>
/// <param name="Proposed">What its definition says that it notices; null where it says nothing.</param>
public sealed record CoverChoice(int SliId, string Sli, string Service, FailureClass? Proposed);

/// <summary>The SLIs that may notice failures of a journey, with what each notices as far as its definition says so.</summary>
public sealed record ListCoverChoices(string Journey)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<CoverChoice>>> HandleAsync(ListCoverChoices request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.Journeys.AsNoTracking().SingleOrDefaultAsync(j => j.Slug == request.Journey && j.ArchivedAt == null, ct) is not { } journey)
                return Refusal.NotFound("The journey");
            var services = journey.ServiceIds;
            var slis = await (from sli in db.Slis.AsNoTracking()
                              join service in db.Services on sli.ServiceId equals service.Id
                              where services.Contains(service.Id) && sli.ArchivedAt == null
                              orderby service.Name, sli.Name
                              select new { sli.Id, sli.Name, Service = service.Name, sli.Definition, IsProbe = db.Probes.Any(p => p.SliId == sli.Id) }).ToListAsync(ct);
            return slis.ConvertAll(s => new CoverChoice(s.Id, s.Name, s.Service, FailureClasses.Proposed(s.Definition, s.IsProbe)));
        }
    }
}
