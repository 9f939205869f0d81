using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives;

/// <summary>How far an installation is on the way to its first objective.</summary>
/// <param name="HasSamples">Some source has delivered.</param>
/// <param name="HasService">There is a service to measure.</param>
/// <param name="HasSli">Something is counted.</param>
/// <param name="HasObjective">Something is agreed: an objective has a signed version.</param>
/// <param name="FirstSource">Name of the source that delivered first; null before.</param>
/// <param name="FirstService">Slug of the oldest service in use; null before.</param>
public sealed record SetupProgress(bool HasSamples, bool HasService, bool HasSli, bool HasObjective, string? FirstSource, string? FirstService)
{
    public bool IsComplete => HasSamples && HasSli && HasObjective;
}

/// <summary>Reads what of the three first steps is done.</summary>
public sealed record GetSetupProgress
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<SetupProgress>> HandleAsync(GetSetupProgress request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var source = await db.Sources.AsNoTracking().Where(s => s.LastArrivalAt != null).OrderBy(s => s.Id).Select(s => s.Name).FirstOrDefaultAsync(ct);
            var service = await db.Services.AsNoTracking().Where(s => s.ArchivedAt == null).OrderBy(s => s.CreatedAt).Select(s => s.Slug).FirstOrDefaultAsync(ct);
            return new SetupProgress(
                source is not null,
                service is not null,
                await db.Slis.AnyAsync(s => s.ArchivedAt == null, ct),
                await db.ObjectiveVersions.AnyAsync(ct),
                source,
                service);
        }
    }
}
