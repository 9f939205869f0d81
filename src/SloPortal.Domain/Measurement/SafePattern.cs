using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SloPortal.Domain.Measurement;

/// <summary>
/// A regular expression that cannot run away: it is executed without backtracking, in time linear in the length of the value.
/// It is anchored at both ends and a dot also matches a line break, as in PromQL.
/// </summary>
public sealed class SafePattern
{
    /// <summary>The longest accepted pattern, in characters.</summary>
    public const int MaxLength = 500;

    // RE2, which Prometheus uses, has the same limit. Nested repeats multiply, so the product of all bounds is limited.
    private const int MaxRepeats = 1000;

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Regex _regex;

    private SafePattern(Regex regex) => _regex = regex;

    /// <summary>Whether the whole of <paramref name="value"/> matches.</summary>
    public bool IsMatch(string value) => _regex.IsMatch(value);

    /// <summary>Compiles <paramref name="text"/>, or says in one sentence why it is refused.</summary>
    public static bool TryCreate(
        string text,
        [NotNullWhen(true)] out SafePattern? pattern,
        [NotNullWhen(false)] out string? problem)
    {
        pattern = TryCompile(text, anchored: true, out var regex, out problem) ? new SafePattern(regex) : null;
        return pattern is not null;
    }

    /// <summary>The expression itself under the same limits, or why it is refused.</summary>
    internal static bool TryCompile(string text, bool anchored, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? problem)
    {
        regex = null;
        problem = Refuse(text);
        if (problem is not null)
        {
            return false;
        }

        try
        {
            // Compiled alone first: "a)|(b" is no expression, but would become one between the parentheses below.
            regex = new Regex(text, Options);
            if (anchored)
            {
                regex = new Regex($@"\A(?s:{text})\z", Options);
            }

            return true;
        }
        catch (RegexParseException e)
        {
            problem = $"The regular expression {Quote(text)} does not parse near character {e.Offset}: {Explain(e)}.";
        }
        catch (NotSupportedException)
        {
            problem = $"The regular expression {Quote(text)} could run away; write it without back "
                + "references, look-around and atomic groups, and with smaller repeats.";
        }

        return false;
    }

    private static string? Refuse(string text)
    {
        if (text.Length > MaxLength)
        {
            return $"The regular expression has {text.Length} characters; at most {MaxLength} are accepted.";
        }

        if (text.Contains("[[:", StringComparison.Ordinal))
        {
            return $"The regular expression {Quote(text)} uses a POSIX class such as [[:alpha:]]; write [a-zA-Z] instead.";
        }

        if (text.Contains("(?P<", StringComparison.Ordinal))
        {
            return $"The regular expression {Quote(text)} names a group; use (?: ) instead, names have no use here.";
        }

        return Repeats(text) > MaxRepeats
            ? $"The regular expression {Quote(text)} repeats too often; the bounds in braces may multiply to at most {MaxRepeats}."
            : null;
    }

    /// <summary>The product of the largest bounds of all counted repeats: an upper limit of how far nested ones unfold.</summary>
    private static double Repeats(string text)
    {
        var product = 1.0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '{')
            {
                var end = text.IndexOf('}', i);
                if (end < 0)
                {
                    break;
                }

                var bounds = text[(i + 1)..end].Split(',').Select(b => double.TryParse(b, out var n) ? n : 0).Max();
                product *= Math.Max(1, bounds);
            }
        }

        return product;
    }

    private static string Quote(string text) => $"\"{text}\"";

    private static string Explain(RegexParseException e) => e.Error switch
    {
        RegexParseError.InsufficientClosingParentheses => "a closing parenthesis is missing",
        RegexParseError.InsufficientOpeningParentheses => "an opening parenthesis is missing",
        RegexParseError.UnterminatedBracket => "a closing square bracket is missing",
        RegexParseError.QuantifierAfterNothing => "a repeat stands after nothing",
        RegexParseError.NestedQuantifiersNotParenthesized => "two repeats stand after each other",
        RegexParseError.ReversedCharacterRange => "a range of characters runs backwards",
        RegexParseError.ReversedQuantifierRange => "the bounds of a repeat run backwards",
        RegexParseError.UnescapedEndingBackslash => "the backslash at the end escapes nothing",
        RegexParseError.UnrecognizedEscape => "the escape is not known",
        _ => "it is not a valid expression",
    };
}
