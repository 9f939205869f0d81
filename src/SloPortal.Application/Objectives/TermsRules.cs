using FluentValidation;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives;

/// <summary>What a target and a window must be wherever somebody gives them, with the sentence of the domain.</summary>
internal static class TermsRules
{
    public static IRuleBuilderOptionsConditions<T, decimal> MustBeTarget<T>(this IRuleBuilder<T, decimal> rule) => rule.Custom((percent, context) =>
    {
        if (ObjectiveTarget.RefusalFor(percent) is { } refusal)
            context.AddFailure(refusal);
    });

    public static IRuleBuilderOptionsConditions<T, string> MustBeWindow<T>(this IRuleBuilder<T, string> rule) => rule.Custom((text, context) =>
    {
        if (!SloWindow.TryParse(text, out _, out var refusal))
            context.AddFailure(refusal);
    });
}
