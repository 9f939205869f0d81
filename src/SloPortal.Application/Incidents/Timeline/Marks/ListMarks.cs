using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Timeline.Marks;

/// <summary>What is pinned in an incident, and what its entries rest on. Reading a restricted one is recorded.</summary>
/// <param name="Incident">Number.</param>
/// <param name="KnownAt">As it had been recorded at that moment; null is now.</param>
public sealed record ListMarks(int Incident, DateTimeOffset? KnownAt = null)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads)
    {
        public async Task<Outcome<TimelineMarks>> HandleAsync(ListMarks request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var knownAt = request.KnownAt?.ToUniversalTime();
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await TimelineScope.FindAsync(db, request.Incident, actor, knownAt, ct) is not { } scope)
                return IncidentToChange.NotFound(request.Incident);
            await scope.RecordReadAsync(reads, actor, ct);
            return await MarkReading.OfAsync(db, scope, actor, knownAt, ct);
        }
    }
}
