using System.Globalization;

namespace SloPortal.Domain.Objectives.Methods;

/// <summary>Reads the text form of a method: "occurrences", "timeslices 5m 99", "ratio timeslices 5m".</summary>
public static class MethodText
{
    private const string Forms = "Write a method as “occurrences”, “timeslices 5m 99” (length and the percentage from which a slice is good) or “ratio timeslices 5m”.";

    /// <exception cref="FormatException">The text is none; stored texts are.</exception>
    public static BudgetingMethod Parse(string text) => Read(text) is ({ } method, _) ? method : throw new FormatException($"\"{text}\" is no budgeting method.");

    /// <summary>The method, or a sentence that says why the text is none.</summary>
    public static (BudgetingMethod? Method, string? Refusal) Read(string? text) =>
        (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) switch
        {
            ["occurrences"] => (new Occurrences(), null),
            ["minutes"] => (new CompositeMinutes(), null),
            ["ratio", "timeslices", var length] => Length(length) is (var found, var refusal) && found is null ? (null, refusal) : (new RatioTimeSlices(found!), null),
            ["timeslices", var length, var percent] => OfSlices(length, percent),
            _ => (null, Forms),
        };

    private static (BudgetingMethod?, string?) OfSlices(string length, string percent)
    {
        var (found, refusal) = Length(length);
        if (found is null)
        {
            return (null, refusal);
        }

        if (!decimal.TryParse(percent, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var target))
        {
            return (null, Forms);
        }

        return ObjectiveTarget.RefusalFor(target) is { } outside ? (null, outside) : (new TimeSlices(found, new ObjectiveTarget(target)), null);
    }

    private static (SliceLength?, string?) Length(string text)
    {
        if (!text.EndsWith('m') || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
        {
            return (null, Forms);
        }

        return SliceLength.RefusalFor(minutes) is { } refusal ? (null, refusal) : (new SliceLength(minutes), null);
    }
}
