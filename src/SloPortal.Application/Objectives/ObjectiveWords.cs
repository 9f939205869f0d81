using FluentValidation;

namespace SloPortal.Application.Objectives;

internal static class ObjectiveWords
{
    public static IRuleBuilderOptions<T, string> MustBeObjectiveName<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Give the objective a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");

    public static IRuleBuilderOptions<T, string> MustBeObjectiveDescription<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotNull().WithMessage("The description may be empty, but not missing.").MaximumLength(4000).WithMessage("A description has at most 4,000 characters.");
}
