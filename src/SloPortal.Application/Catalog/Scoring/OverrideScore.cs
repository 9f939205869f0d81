using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Scoring;

/// <summary>Decides otherwise than the scorecard, with a rationale that stands beside the decision.</summary>
public sealed record OverrideScore(string Service, ServiceTier Tier, PromiseKind Promise, string Rationale)
{
    public sealed class Validator : AbstractValidator<OverrideScore>
    {
        public Validator()
        {
            RuleFor(r => r.Tier).IsInEnum().WithMessage("A tier is critical, important, standard or low.");
            RuleFor(r => r.Promise).IsInEnum().WithMessage("A promise is a contractual SLA, an SLO or best effort.");
            RuleFor(r => r.Rationale).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Say why the scorecard is wrong about this service; it stands beside your name.")
                .MaximumLength(4000).WithMessage("A rationale has at most 4,000 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(OverrideScore request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<OverrideScore, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var (service, _, refusal) = await ServiceToChange.FindAsync(change, request.Service, ct);
                if (refusal is not null)
                    return refusal;
                await change.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM services WHERE id = {service!.Id} FOR UPDATE", ct);
                var decided = await change.Db.ScoreOverrides.SingleOrDefaultAsync(o => o.ServiceId == service.Id, ct);
                if (decided is null)
                    change.Db.ScoreOverrides.Add(decided = new ScoreOverride(service.Id));
                decided.Decide(request.Tier, request.Promise, request.Rationale.Trim(), actor.PersonId, actor.Name, change.Now);
                change.Audit("service.scoreOverridden", "service", service.Id, service.Name, new { request.Tier, request.Promise, Rationale = decided.Rationale });
                change.Publish("services");
                return Done.Value;
            }, ct);
    }
}

/// <summary>Lets the scorecard decide again.</summary>
public sealed record TakeBackOverride(string Service)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(TakeBackOverride request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<TakeBackOverride, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var (service, _, refusal) = await ServiceToChange.FindAsync(change, request.Service, ct);
                if (refusal is not null)
                    return refusal;
                var decided = await change.Db.ScoreOverrides.SingleOrDefaultAsync(o => o.ServiceId == service!.Id, ct);
                if (decided is null)
                    return Refusal.Conflict("Nothing is overridden here: the scorecard decides already.");
                change.Db.ScoreOverrides.Remove(decided);
                change.Audit("service.overrideTakenBack", "service", service!.Id, service.Name, new { decided.Tier, decided.Promise, decided.Rationale, decided.DecidedByName });
                change.Publish("services");
                return Done.Value;
            }, ct);
    }
}
