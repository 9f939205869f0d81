using FluentValidation;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <summary>Rules of shape that the operations on incidents share.</summary>
internal static class IncidentRules
{
    public static IRuleBuilderOptions<T, string> MustBeIncidentTitle<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Say in a few words what is wrong.")
            .MaximumLength(200).WithMessage("A title has at most 200 characters.");

    public static IRuleBuilderOptions<T, string?> MustBeIncidentSummary<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(4000).WithMessage("A summary has at most 4,000 characters.");

    public static IRuleBuilderOptions<T, IncidentSeverity> MustBeSeverity<T>(this IRuleBuilder<T, IncidentSeverity> rule) =>
        rule.IsInEnum().WithMessage("A severity is sev1, sev2, sev3 or sev4.");

    /// <summary>For a service of a list.</summary>
    public static IRuleBuilderOptions<T, string> MustBeNamed<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Name each service by its short name.");

    /// <summary>For an objective of a list.</summary>
    public static IRuleBuilderOptions<T, ObjectiveKey> MustBeNamed<T>(this IRuleBuilder<T, ObjectiveKey> rule) =>
        rule.Must(o => o is { Service.Length: > 0, Objective.Length: > 0 }).WithMessage("Name each objective by the short names of its service and of itself.");

    public static IRuleBuilderOptions<T, string> MustBeReason<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Give the reason; it is recorded.")
            .MaximumLength(2000).WithMessage("A reason has at most 2,000 characters.");

    public static IRuleBuilderOptions<T, string?> MustBeClientKey<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(k => k is null or { Length: > 0 and <= 200 }).WithMessage("A client key has between 1 and 200 characters.");
}
