using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Journeys;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Journeys;

/// <summary>Says what users come to do, so that it can be seen which of its failures anybody would notice.</summary>
public sealed record CreateJourney(string Slug, string Name, string Steps, string OwnerTeam, IReadOnlyList<string> Services, int Position = 0) : IJourneyDescription
{
    public sealed class Validator : JourneyRules<CreateJourney>
    {
        public Validator() => RuleFor(r => r.Slug).MustBeSlug();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(CreateJourney request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateJourney, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                if (await change.Db.Journeys.AnyAsync(j => j.Slug == request.Slug, ct))
                    return Refusal.Invalid(nameof(Slug), $"Another journey has the short name \"{request.Slug}\". Choose another.");
                var journey = new Journey(Guid.CreateVersion7(change.Now), request.Slug, change.Now);
                if (await JourneyToChange.DescribeAsync(change, journey, request, ct) is { } refusal)
                    return refusal;
                change.Db.Journeys.Add(journey);
                change.Audit("journey.created", "journey", journey.Id, journey.Name, new { request.Slug, request.Steps, request.OwnerTeam, request.Services, request.Position });
                return journey.Id;
            }, ct);
    }
}
