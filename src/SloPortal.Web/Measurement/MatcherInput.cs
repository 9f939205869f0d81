using SloPortal.Domain.Measurement;

namespace SloPortal.Web.Measurement;

/// <summary>A condition on a label while it is typed.</summary>
public sealed class MatcherInput
{
    public string Label { get; set; } = "";

    public MatchOperator Operator { get; set; } = MatchOperator.Equal;

    public string Value { get; set; } = "";

    /// <summary>Nothing was typed yet; such a row is left out.</summary>
    public bool IsEmpty => Label.Trim().Length == 0 && Value.Length == 0;

    /// <summary>What is wrong with it, in a sentence.</summary>
    public string? Problem => IsEmpty ? null
        : Label.Trim().Length == 0 ? "Name the label."
        : LabelMatcher.TryCreate(Label.Trim(), Operator, Value, out _, out var problem) ? null : problem;

    /// <summary>Null while it is empty or cannot be used.</summary>
    public LabelMatcher? Matcher => !IsEmpty && Problem is null && LabelMatcher.TryCreate(Label.Trim(), Operator, Value, out var matcher, out _) ? matcher : null;

    public static MatcherInput Of(LabelMatcher matcher) => new() { Label = matcher.Label, Operator = matcher.Operator, Value = matcher.Value };
}
