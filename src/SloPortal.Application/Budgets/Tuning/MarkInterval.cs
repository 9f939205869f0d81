using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Tuning;

/// <summary>Marks a stretch of an objective's past as one that should have paged, or that should not.</summary>
/// <param name="Service">Slug.</param>
/// <param name="Objective">Slug.</param>
/// <param name="From">Rounded down to the minute.</param>
/// <param name="To">Rounded up to the minute; exclusive.</param>
/// <param name="Reason">Why, for whoever tries policies later.</param>
public sealed record MarkInterval(string Service, string Objective, DateTimeOffset From, DateTimeOffset To, LabelKind Kind, string Reason)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public sealed class Validator : AbstractValidator<MarkInterval>
    {
        public Validator()
        {
            RuleFor(r => r.Kind).IsInEnum().WithMessage("Choose whether it should have paged.");
            RuleFor(r => r.To).GreaterThan(r => r.From).WithMessage("It must end after it begins.")
                .Must((r, to) => to - r.From <= Longest).WithMessage("An interval lasts at most 31 days.");
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Say why, for whoever tries policies later.").MaximumLength(1000).WithMessage("A reason has at most 1,000 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>Its id.</returns>
        public Task<Outcome<Guid>> HandleAsync(MarkInterval request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<MarkInterval, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await ObjectiveToChange.FindAsync(change, request.Service, request.Objective, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var when = new Interval(MinuteClock.Floor(request.From), MinuteClock.Ceiling(request.To));
                if (when.End > MinuteClock.Ceiling(change.Now))
                    return Refusal.Invalid(nameof(To), "Only what has passed can be marked.");
                var label = new AlertLabel(Guid.CreateVersion7(change.Now), found.Value.Id, when, request.Kind, request.Reason.Trim(), actor.PersonId, actor.Name, change.Now);
                change.Db.AlertLabels.Add(label);
                change.Audit("alert_label.marked", "objective", found.Value.Id, found.Value.Name, new { label.Id, label.From, label.To, label.Kind, label.Reason });
                change.Publish(AlertLabelTopic.Name);
                return label.Id;
            }, ct);
    }
}
