using FluentValidation;

namespace SloPortal.Application.Measurement.Slis;

internal static class SliFields
{
    public static void MustBeSliName<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Give the SLI a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");

    public static void MustBeSliDescription<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotNull().WithMessage("Leave the description empty rather than out.").MaximumLength(4000).WithMessage("A description has at most 4,000 characters.");
}
