using System.Linq.Expressions;
using FluentValidation;

namespace SloPortal.Application.Budgets.Policies;

/// <summary>What rules of a policy may be, where they are saved and where they are only tried.</summary>
internal static class PolicyRules
{
    private const int MostMinutes = 90 * 24 * 60;

    public static void MustHaveRules<T>(this AbstractValidator<T> validator, Expression<Func<T, IEnumerable<RuleInput>>> rules)
    {
        validator.RuleFor(rules).Must(all => all?.Count() is > 0 and <= 10).WithMessage("A policy has between 1 and 10 rules.");
        validator.RuleForEach(rules).Cascade(CascadeMode.Stop).NotNull().WithMessage("A rule is missing: there is null in its place.")
            .Must(rule => Enum.IsDefined(rule.Severity)).WithMessage("A severity is page or ticket.")
            .Must(rule => rule.LongMinutes <= MostMinutes).WithMessage("The long window is at most 90 days.")
            .Must((_, rule, context) =>
            {
                context.MessageFormatter.AppendArgument("Refusal", rule.Rule().RefusalForRule() ?? "");
                return rule.Rule().RefusalForRule() is null;
            }).WithMessage("{Refusal}");
    }
}
