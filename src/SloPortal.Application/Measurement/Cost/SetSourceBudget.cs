using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Cost;

namespace SloPortal.Application.Measurement.Cost;

/// <summary>Says the most that a source may cost, and what happens above it. Without any limit the source has no budget.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="MaxSeries">The most series; null for no limit.</param>
/// <param name="MaxSamplesPerSecond">The most samples a second, over a minute and by each portal; null for no limit.</param>
/// <param name="Above">What happens above that rate.</param>
public sealed record SetSourceBudget(int SourceId, int? MaxSeries, int? MaxSamplesPerSecond, AboveRate Above = AboveRate.Wait)
{
    public sealed class Validator : AbstractValidator<SetSourceBudget>
    {
        public Validator()
        {
            RuleFor(r => r.MaxSeries).InclusiveBetween(1, 10_000_000).WithMessage("A budget is from 1 to 10,000,000 series.");
            RuleFor(r => r.MaxSamplesPerSecond).InclusiveBetween(1, 10_000_000).WithMessage("A budget is from 1 to 10,000,000 samples a second.");
            RuleFor(r => r.Above).IsInEnum().WithMessage("Say what happens above the rate.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(SetSourceBudget request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SetSourceBudget, Done>(request, actor, Permission.Administer, async change =>
            {
                if (await change.Db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.SourceId, ct) is not { } source)
                    return Refusal.NotFound("The source");
                if (KindMustKnowTheLimits(source.Kind, request) is { } refusal)
                    return refusal;
                var budget = await change.Db.SourceBudgets.SingleOrDefaultAsync(b => b.SourceId == source.Id, ct);
                if (request is { MaxSeries: null, MaxSamplesPerSecond: null })
                {
                    if (budget is null)
                        return Refusal.Invalid(nameof(MaxSeries), "Give a number of series or of samples a second.");
                    change.Db.SourceBudgets.Remove(budget);
                    change.Audit("source.budget-removed", "source", source.Id, source.Name, new { budget.MaxSeries, budget.MaxSamplesPerSecond });
                }
                else
                {
                    if (budget is null)
                        change.Db.SourceBudgets.Add(budget = new SourceBudget(source.Id));
                    change.Audit("source.budget-set", "source", source.Id, source.Name, new
                    {
                        request.MaxSeries, request.MaxSamplesPerSecond, request.Above,
                        before = new { budget.MaxSeries, budget.MaxSamplesPerSecond, budget.Above },
                    });
                    budget.Set(request.MaxSeries, request.MaxSamplesPerSecond, request.Above, actor.Name, change.Now);
                }
                change.Publish("sources");
                return Done.Value;
            }, ct);

        private static Refusal? KindMustKnowTheLimits(SourceKind kind, SetSourceBudget request) =>
            !kind.HasRate() ? Refusal.Invalid("Such a source needs no budget: the portal takes its rows, packets or runs at its own pace.")
            : request.MaxSeries is not null && !kind.SendsSeries() ? Refusal.Invalid(nameof(MaxSeries), "Counts come from this source and no series; limit its rate.")
            : request.MaxSamplesPerSecond is not null && !kind.Allows(request.Above) ? Refusal.Invalid(nameof(Above), kind == SourceKind.Pull
                ? "The portal asks this server itself, so waiting would only put the same samples off; have them thinned."
                : "Counts that are pushed add up, so none can be left out; have the sender wait.")
            : null;
    }
}
