using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Journeys;

/// <summary>Describes a journey anew.</summary>
/// <param name="Slug">Which one; it stays.</param>
/// <param name="Version">As it was read.</param>
public sealed record UpdateJourney(string Slug, string Name, string Steps, string OwnerTeam, IReadOnlyList<string> Services, int Position, uint Version) : IJourneyDescription
{
    public sealed class Validator : JourneyRules<UpdateJourney>;

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(UpdateJourney request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UpdateJourney, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await JourneyToChange.FindAsync(change, request.Slug, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                change.Db.Entry(found.Value).Property(j => j.Version).OriginalValue = request.Version;
                if (await JourneyToChange.DescribeAsync(change, found.Value, request, ct) is { } refusal)
                    return refusal;
                change.Audit("journey.changed", "journey", found.Value.Id, found.Value.Name, new { request.Steps, request.OwnerTeam, request.Services, request.Position });
                return Done.Value;
            }, ct);
    }
}
