using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog.Journeys;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Application.Measurement.Coverage;

/// <summary>Says which SLIs notice a class of failures of a journey; these and no others.</summary>
public sealed record CoverFailure(string Journey, FailureClass Failure, IReadOnlyList<int> Slis)
{
    public sealed class Validator : AbstractValidator<CoverFailure>
    {
        public Validator()
        {
            RuleFor(r => r.Failure).IsInEnum().WithMessage("Name a class of failures.");
            RuleFor(r => r.Slis).Must(s => s is { Count: <= 50 }).WithMessage("Name at most 50 SLIs.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(CoverFailure request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CoverFailure, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await JourneyToChange.FindAsync(change, request.Journey, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (journey, asked) = (found.Value, request.Slis.Distinct().ToArray());
                var slis = await change.Db.Slis.Where(s => asked.Contains(s.Id) && s.ArchivedAt == null).Select(s => new { s.Id, s.Name }).ToListAsync(ct);
                if (slis.Count < asked.Length)
                    return Refusal.Invalid(nameof(Slis), "Choose SLIs that count.");
                var before = await change.Db.JourneyCovers.Where(c => c.JourneyId == journey.Id && c.Failure == request.Failure).ToListAsync(ct);
                change.Db.JourneyCovers.RemoveRange(before.Where(c => !asked.Contains(c.SliId)));
                change.Db.JourneyCovers.AddRange(asked.Where(id => before.All(c => c.SliId != id)).Select(id => new JourneyCover(journey.Id, request.Failure, id)));
                change.Audit("journey.covered", "journey", journey.Id, journey.Name, new { request.Failure, Slis = slis, Before = before.Select(c => c.SliId) });
                change.Publish("journeys");
                return Done.Value;
            }, ct);
    }
}
