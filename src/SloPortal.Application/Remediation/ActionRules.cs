using FluentValidation;

namespace SloPortal.Application.Remediation;

/// <summary>Rules of shape that the operations on actions share.</summary>
internal static class ActionRules
{
    public static IRuleBuilderOptions<T, string> MustBeActionTitle<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Say in a few words what is to be done.")
            .MaximumLength(200).WithMessage("A title has at most 200 characters.");

    public static IRuleBuilderOptions<T, string?> MustBeActionDescription<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(4000).WithMessage("A description has at most 4,000 characters.");

    public static IRuleBuilderOptions<T, string> MustBeOwnerTeam<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Choose the team that does it.");
}
