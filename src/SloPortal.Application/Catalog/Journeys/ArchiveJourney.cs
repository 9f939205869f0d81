using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Journeys;

/// <summary>Takes a journey out of the matrix; what was signed of it stays.</summary>
public sealed record ArchiveJourney(string Slug)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ArchiveJourney request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ArchiveJourney, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await JourneyToChange.FindAsync(change, request.Slug, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                found.Value.Archive(change.Now);
                change.Audit("journey.archived", "journey", found.Value.Id, found.Value.Name);
                change.Publish("journeys");
                return Done.Value;
            }, ct);
    }
}
