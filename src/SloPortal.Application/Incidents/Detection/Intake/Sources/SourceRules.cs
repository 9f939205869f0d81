using FluentValidation;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <summary>Rules of shape that the operations on sources share.</summary>
internal static class SourceRules
{
    public static void MustBeSourceName<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Give the source a name, for example \"Alertmanager in the west\".")
        .MaximumLength(100).WithMessage("A name has at most 100 characters.");

    public static void MustBeLabelName<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(100).WithMessage("The name of a label has at most 100 characters.");

    public static void MustBeSourceSecret<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(s => string.IsNullOrEmpty(s) || s.Length is >= 8 and <= 200).WithMessage("A secret has 8 to 200 characters.");

    public static string LabelOf(string? given) => string.IsNullOrWhiteSpace(given) ? SignalSource.UsualServiceLabel : given.Trim();
}
