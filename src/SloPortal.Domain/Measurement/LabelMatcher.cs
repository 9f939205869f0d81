using System.Diagnostics.CodeAnalysis;

namespace SloPortal.Domain.Measurement;

/// <summary>
/// One condition on a label, with the meaning of PromQL: a label that is missing equals the empty string, and a regular
/// expression must match the whole value.
/// </summary>
public sealed class LabelMatcher : IEquatable<LabelMatcher>
{
    private readonly SafePattern? _pattern;

    private LabelMatcher(string label, MatchOperator op, string value, SafePattern? pattern)
    {
        Label = label;
        Operator = op;
        Value = value;
        _pattern = pattern;
    }

    /// <summary>The name of the label.</summary>
    public string Label { get; }

    /// <summary>How the value is compared.</summary>
    public MatchOperator Operator { get; }

    /// <summary>The value or the regular expression.</summary>
    public string Value { get; }

    /// <summary>A matcher for one exact value.</summary>
    public static LabelMatcher Exactly(string label, string value) => new(label, MatchOperator.Equal, value, null);

    /// <summary>Makes a matcher, or says in one sentence why its regular expression is refused.</summary>
    public static bool TryCreate(
        string label,
        MatchOperator op,
        string value,
        [NotNullWhen(true)] out LabelMatcher? matcher,
        [NotNullWhen(false)] out string? problem)
    {
        matcher = null;
        problem = null;
        SafePattern? pattern = null;
        if (op is MatchOperator.Matches or MatchOperator.NotMatches
            && !SafePattern.TryCreate(value, out pattern, out problem))
        {
            return false;
        }

        matcher = new LabelMatcher(label, op, value, pattern);
        return true;
    }

    /// <summary>Whether a label with this value fulfils the condition. Pass the empty string for a missing label.</summary>
    public bool Holds(string value) => Operator switch
    {
        MatchOperator.Equal => string.Equals(value, Value, StringComparison.Ordinal),
        MatchOperator.NotEqual => !string.Equals(value, Value, StringComparison.Ordinal),
        MatchOperator.Matches => _pattern!.IsMatch(value),
        MatchOperator.NotMatches => !_pattern!.IsMatch(value),
        _ => throw new InvalidOperationException($"Unknown operator {Operator}."),
    };

    /// <inheritdoc />
    public bool Equals(LabelMatcher? other) =>
        other is not null && Label == other.Label && Operator == other.Operator && Value == other.Value;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as LabelMatcher);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Label, Operator, Value);

    /// <summary>The matcher as PromQL text, such as <c>code=~"5.."</c>.</summary>
    public override string ToString() => $"{PromText.LabelName(Label)}{Operator.Sign()}{PromText.Quote(Value)}";
}
