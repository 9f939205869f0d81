using FluentValidation;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>What is put forward for signature.</summary>
/// <param name="Sli">Slug of an SLI of the same service.</param>
/// <param name="TargetPercent">99.95 means 99.95 %.</param>
/// <param name="Window">"rolling 30d" or "calendar month Europe/Berlin".</param>
/// <param name="EffectiveFrom">When it shall take effect; null is at the last signature.</param>
/// <param name="OwnerId">The person who signs for the team that runs the service.</param>
/// <param name="StakeholderId">The person who signs for those who depend on it.</param>
/// <param name="Rationale">Why these terms.</param>
/// <param name="ReviewOn">The day on which the agreement is looked at again; null is none.</param>
public sealed record ProposedTerms(
    string Sli, decimal TargetPercent, string Window, DateTimeOffset? EffectiveFrom, Guid OwnerId, Guid StakeholderId, string Rationale,
    DateOnly? ReviewOn = null)
{
    public sealed class Validator : AbstractValidator<ProposedTerms>
    {
        public Validator()
        {
            RuleFor(t => t.Sli).NotEmpty().WithMessage("Choose what is measured.");
            RuleFor(t => t.TargetPercent).Custom((percent, context) =>
            {
                if (ObjectiveTarget.RefusalFor(percent) is { } refusal)
                    context.AddFailure(refusal);
            });
            RuleFor(t => t.Window).Custom((text, context) =>
            {
                if (!SloWindow.TryParse(text, out _, out var refusal))
                    context.AddFailure(refusal);
            });
            RuleFor(t => t.OwnerId).NotEmpty().WithMessage("Choose who signs for the team that runs the service.");
            RuleFor(t => t.StakeholderId).NotEmpty().WithMessage("Choose who signs for those who depend on the service.")
                .NotEqual(t => t.OwnerId).When(t => t.OwnerId != Guid.Empty, ApplyConditionTo.CurrentValidator)
                .WithMessage("An agreement needs two people: the stakeholder must be somebody else than the owner. If nobody else is here yet, invite them under Settings, People.");
            RuleFor(t => t.Rationale).NotEmpty().WithMessage("Say why this target and this window.")
                .MaximumLength(4000).WithMessage("The reason has at most 4,000 characters.");
        }
    }
}
