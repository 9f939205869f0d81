using System.Text.RegularExpressions;

namespace SloPortal.Domain.Incidents.Escalation.Quiet;

/// <summary>How a label is held against a value: the four comparisons of Alertmanager's matchers.</summary>
public enum LabelComparison
{
    Equal,
    NotEqual,
    /// <summary>The whole value fits a regular expression.</summary>
    Matches,
    DoesNotMatch,
}

/// <summary>A condition on one label of a signal. A label that is absent has the empty value, as in Prometheus.</summary>
/// <param name="Value">A text, or for <see cref="LabelComparison.Matches"/> and its opposite a regular expression without back-references.</param>
public sealed record LabelCondition(string Label, LabelComparison Comparison, string Value)
{
    /// <summary>Longest label and value, in characters.</summary>
    public const int MostLabel = 128;
    public const int MostValue = 1000;

    /// <summary>Null where it cannot be read. Conditions are held against many signals, so it is kept.</summary>
    private Regex? Expression => field ??= Compile(Value);

    /// <summary>False for an expression that cannot be read or that would need backtracking.</summary>
    public bool IsReadable() => Comparison is LabelComparison.Equal or LabelComparison.NotEqual || Expression is not null;

    public bool Holds(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var value = labels.GetValueOrDefault(Label, "");
        return Comparison switch
        {
            LabelComparison.Equal => string.Equals(value, Value, StringComparison.Ordinal),
            LabelComparison.NotEqual => !string.Equals(value, Value, StringComparison.Ordinal),
            // What cannot be read keeps nothing quiet.
            LabelComparison.Matches => Expression?.IsMatch(value) ?? false,
            LabelComparison.DoesNotMatch => Expression is { } read && !read.IsMatch(value),
            _ => throw new ArgumentOutOfRangeException(nameof(labels), Comparison, null),
        };
    }

    public bool Equals(LabelCondition? other) => other is not null && Label == other.Label && Comparison == other.Comparison && Value == other.Value;

    public override int GetHashCode() => HashCode.Combine(Label, Comparison, Value);

    public override string ToString() => Comparison switch
    {
        LabelComparison.Equal => $"{Label}=\"{Value}\"",
        LabelComparison.NotEqual => $"{Label}!=\"{Value}\"",
        LabelComparison.Matches => $"{Label}=~\"{Value}\"",
        LabelComparison.DoesNotMatch => $"{Label}!~\"{Value}\"",
        _ => throw new InvalidOperationException($"Unknown comparison {Comparison}."),
    };

    /// <summary>
    /// Reads what <see cref="ToString"/> writes, and what people write: <c>instance=~db-.*</c>, with or without quotes about the value.
    /// </summary>
    /// <returns>Null where there is no label, or no comparison after it.</returns>
    public static LabelCondition? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOfAny(['=', '!']);
        if (at < 1 || at + 1 > text.Length)
            return null;
        var (comparison, length) = text[at..] switch
        {
            ['=', '~', ..] => (LabelComparison.Matches, 2),
            ['!', '~', ..] => (LabelComparison.DoesNotMatch, 2),
            ['!', '=', ..] => (LabelComparison.NotEqual, 2),
            ['=', ..] => ((LabelComparison?)LabelComparison.Equal, 1),
            _ => (null, 0),
        };
        var (label, value) = (text[..at].Trim(), text[(at + length)..].Trim());
        if (comparison is not { } known || label.Length == 0)
            return null;
        return new(label, known, value is ['"', .., '"'] ? value[1..^1] : value);
    }

    /// <summary>Linear in the length of the value, whatever the expression (NonBacktracking).</summary>
    private static Regex? Compile(string expression)
    {
        try
        {
            return new Regex($"\\A(?:{expression})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
