using FluentValidation;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>What is put forward for signature.</summary>
/// <param name="Sli">Slug of an SLI of the same service.</param>
/// <param name="TargetPercent">99.95 means 99.95 %.</param>
/// <param name="Window">"rolling 30d" or "calendar month Europe/Berlin".</param>
/// <param name="EffectiveFrom">When it shall take effect; null is at the last signature.</param>
/// <param name="OwnerId">The person who signs for the team that runs the service.</param>
/// <param name="StakeholderId">The person who signs for those who depend on it.</param>
/// <param name="Rationale">Why these terms.</param>
/// <param name="Method">"occurrences", "timeslices 5m 99" or "ratio timeslices 5m"; null counts events.</param>
/// <param name="Externals">Whether failures of vendors count against the promise.</param>
/// <param name="ReviewOn">The day on which the agreement is looked at again; null is none.</param>
public sealed record ProposedTerms(
    string Sli, decimal TargetPercent, string Window, DateTimeOffset? EffectiveFrom, Guid OwnerId, Guid StakeholderId, string Rationale, string? Method = null,
    ExternalFailures Externals = ExternalFailures.Counted, DateOnly? ReviewOn = null)
{
    public sealed class Validator : AbstractValidator<ProposedTerms>
    {
        public Validator()
        {
            RuleFor(t => t.Sli).NotEmpty().WithMessage("Choose what is measured.");
            RuleFor(t => t.TargetPercent).MustBeTarget();
            RuleFor(t => t.Window).MustBeWindow();
            RuleFor(t => t.Method).Custom((text, context) =>
            {
                if (AgreedMethod(text).Refusal is { } refusal)
                    context.AddFailure(refusal);
            });
            RuleFor(t => t.OwnerId).NotEmpty().WithMessage("Choose who signs for the team that runs the service.");
            RuleFor(t => t.StakeholderId).NotEmpty().WithMessage("Choose who signs for those who depend on the service.")
                .NotEqual(t => t.OwnerId).When(t => t.OwnerId != Guid.Empty, ApplyConditionTo.CurrentValidator)
                .WithMessage("An agreement needs two people: the stakeholder must be somebody else than the owner. If nobody else is here yet, invite them under Settings, People.");
            RuleFor(t => t.Externals).IsInEnum().WithMessage("Failures of vendors are counted or left out.");
            RuleFor(t => t.Rationale).NotEmpty().WithMessage("Say why this target and this window.")
                .MaximumLength(4000).WithMessage("The reason has at most 4,000 characters.");
        }
    }
    /// <summary>The method that an objective may be agreed by, or why it may not; null and blank count events.</summary>
    private static (BudgetingMethod? Method, string? Refusal) AgreedMethod(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (BudgetingMethod.Default, null);
        var (method, refusal) = MethodText.Read(text);
        return method?.RefusalToAgree is { } notAgreed ? (null, notAgreed) : (method, refusal);
    }

    /// <summary>The same for what the SLI counts: a composite has minutes and no events.</summary>
    internal static Outcome<BudgetingMethod> MethodFor(Sli sli, string? text) => (AgreedMethod(text), sli.Definition) switch
    {
        ((_, { } refusal), _) => Refusal.Invalid(nameof(Method), refusal),
        ((Occurrences, _), Composite) => new CompositeMinutes(),
        ((CompositeMinutes, _), not Composite) => Refusal.Invalid(nameof(Method), "Only a journey over several SLIs counts minutes. Count events, or slices of time."),
        (({ } method, _), _) => method,
        _ => throw new InvalidOperationException($"\"{text}\" is neither a method nor refused."),
    };
}
