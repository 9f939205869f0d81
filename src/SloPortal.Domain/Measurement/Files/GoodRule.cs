using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SloPortal.Domain.Measurement.Files;

/// <summary>Decides by one value whether an event is good. Safe for any text.</summary>
public sealed class GoodRule
{
    private readonly GoodTest test;
    private readonly HashSet<string> values;
    private readonly SafePattern? pattern;
    private readonly double bound;
    private readonly bool decimalComma;

    private GoodRule(GoodTest test, HashSet<string> values, SafePattern? pattern, double bound, bool decimalComma) =>
        (this.test, this.values, this.pattern, this.bound, this.decimalComma) = (test, values, pattern, bound, decimalComma);

    /// <summary>The rule, or what is wrong with it.</summary>
    public static bool TryCreate(GoodTest test, string? value, bool decimalComma, [NotNullWhen(true)] out GoodRule? rule, [NotNullWhen(false)] out string? problem)
    {
        rule = null;
        problem = null;
        var text = value?.Trim() ?? "";
        HashSet<string> values = new(text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), StringComparer.OrdinalIgnoreCase);
        SafePattern? pattern = null;
        var bound = 0.0;
        switch (test)
        {
            case GoodTest.OneOf when values.Count is 0 or > 100:
                problem = "Give the values that are good, separated by commas.";
                break;
            case GoodTest.StatusClasses when values.Count == 0 || !values.All(IsClass):
                problem = "Give the classes that are good, such as 1xx, 2xx, 3xx, 4xx.";
                break;
            case GoodTest.Matches when text.Length == 0:
                problem = "Give the pattern that good values match.";
                break;
            case GoodTest.Matches:
                SafePattern.TryCreate(text, out pattern, out problem);
                break;
            case GoodTest.AtMost or GoodTest.Below or GoodTest.AtLeast or GoodTest.Above when !TryNumber(text, decimalComma: false, out bound):
                problem = "Give the bound as a number, such as 300 or 0.3.";
                break;
        }
        if (problem is null)
            rule = new GoodRule(test, values, pattern, bound, decimalComma);
        return problem is null;
    }

    /// <summary>Whether the event is good, or why its value says nothing.</summary>
    public bool TryJudge(string value, out bool good, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(value);
        good = false;
        problem = null;
        var text = value.AsSpan().Trim();
        switch (test)
        {
            case GoodTest.OneOf:
                good = values.Contains(text.ToString());
                return true;
            case GoodTest.Matches:
                good = pattern!.IsMatch(value);
                return true;
            case GoodTest.StatusClasses:
                if (text.Length == 3 && text[0] is >= '1' and <= '5' && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]))
                {
                    good = values.Contains($"{text[0]}xx");
                    return true;
                }
                problem = $"“{Short(value)}” is no status between 100 and 599.";
                return false;
            default:
                if (!TryNumber(text, decimalComma, out var number))
                {
                    problem = $"“{Short(value)}” is no number.";
                    return false;
                }
                good = test switch { GoodTest.AtMost => number <= bound, GoodTest.Below => number < bound, GoodTest.AtLeast => number >= bound, _ => number > bound };
                return true;
        }
    }

    /// <summary>A finite number. Thousands are not grouped, since "1,234" means two things.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, bool decimalComma, out double number)
    {
        text = text.Trim();
        Span<char> buffer = stackalloc char[64];
        number = 0;
        if (text.IsEmpty || text.Length > buffer.Length || (decimalComma && text.Contains('.')))
            return false;
        text.CopyTo(buffer);
        if (decimalComma)
            buffer[..text.Length].Replace(',', '.');
        return double.TryParse(buffer[..text.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    private static bool IsClass(string value) => value.Length == 3 && value[0] is >= '1' and <= '5' && value.EndsWith("xx", StringComparison.OrdinalIgnoreCase);

    private static string Short(string value) => value.Length <= 60 ? value : value[..59] + "…";
}
