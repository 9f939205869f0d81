using FluentValidation;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Incidents.Escalation.Quiet;

/// <summary>What every request that names conditions keeps to.</summary>
internal static class SilenceRules
{
    public static void AreConditions<T>(this IRuleBuilder<T, IReadOnlyList<LabelCondition>?> rule) => rule
        .Must(c => c is null || c.Count <= Silence.MostConditions).WithMessage($"A silence has at most {Silence.MostConditions} conditions.")
        .Must(c => c is null || c.All(IsWhole)).WithMessage($"A condition has a label of 1 to {LabelCondition.MostLabel} characters, a comparison (equal, notEqual, matches, doesNotMatch) and a value of at most {LabelCondition.MostValue} characters.")
        .Must(c => Unreadable(c) is null).WithMessage((_, c) => $"\"{Unreadable(c)}\" is no regular expression that can be read in one pass; leave out look-arounds and back-references.");

    private static bool IsWhole(LabelCondition? condition) =>
        condition is { Label.Length: >= 1 and <= LabelCondition.MostLabel, Value.Length: <= LabelCondition.MostValue } && Enum.IsDefined(condition.Comparison);

    private static string? Unreadable(IReadOnlyList<LabelCondition>? conditions) =>
        conditions?.FirstOrDefault(c => IsWhole(c) && !c.IsReadable())?.Value;
}
