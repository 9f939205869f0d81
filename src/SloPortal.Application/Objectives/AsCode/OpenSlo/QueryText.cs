using System.Text.RegularExpressions;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>
/// Finds the series that a query counts. The portal evaluates no query: it counts the increases of series itself, so of a query it takes the
/// selector inside <c>sum(rate(…[5m]))</c> and the like, which change nothing about what is counted.
/// </summary>
internal static partial class QueryText
{
    /// <summary>The selector of counters, or a sentence that says why there is none.</summary>
    public static (SeriesSelector? Selector, string? Problem) Counters(string query) => Take(Range().Replace(query, "[1m]"), query);

    /// <summary>The two sides of a difference, such as all requests minus quick ones; null where the query is none.</summary>
    public static (string Left, string Right)? Difference(string query)
    {
        var text = Unwrap(query.Trim());
        var depth = 0;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
                quote = c == '\\' ? Skip(ref i, quote) : c == quote ? '\0' : quote;
            else if (c is '"' or '\'' or '`')
                quote = c;
            else if (c is '(' or '[' or '{')
                depth++;
            else if (c is ')' or ']' or '}')
                depth--;
            else if (c == '-' && depth == 0 && i > 0)
                return (text[..i], text[(i + 1)..]);
        }
        return null;
    }

    private static char Skip(ref int at, char quote)
    {
        at++;
        return quote;
    }

    private static (SeriesSelector?, string?) Take(string text, string whole)
    {
        text = Unwrap(text.Trim());
        foreach (var function in new[] { "sum", "rate", "irate", "increase" })
        {
            if (text.StartsWith(function, StringComparison.Ordinal) && text[function.Length..].TrimStart() is var rest && rest.StartsWith('(') && ClosesAtEnd(rest))
            {
                var inner = rest[1..^1].Trim();
                if (function != "sum")
                {
                    if (!inner.EndsWith("[1m]", StringComparison.Ordinal))
                        return (null, $"It asks for a {function} without a range: {Short(whole)}");
                    inner = inner[..^4];
                }
                return Take(inner, whole);
            }
        }
        if (SeriesSelector.TryParse(text, out var selector, out _))
            return (selector, null);
        return (null, $"The portal counts series itself and evaluates no query. It takes a selector, also within sum(rate(…[5m])), and cannot take: {Short(whole)}");
    }

    private static string Unwrap(string text)
    {
        while (text.StartsWith('(') && text.Length > 2 && ClosesAtEnd(text))
            text = text[1..^1].Trim();
        return text;
    }

    /// <summary>Whether the first parenthesis closes with the last character.</summary>
    private static bool ClosesAtEnd(string text)
    {
        var depth = 0;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
                quote = c == '\\' ? Skip(ref i, quote) : c == quote ? '\0' : quote;
            else if (c is '"' or '\'' or '`')
                quote = c;
            else if (c == '(')
                depth++;
            else if (c == ')' && --depth == 0)
                return i == text.Length - 1;
        }
        return false;
    }

    private static string Short(string query)
    {
        var line = string.Join(' ', query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 120 ? line : line[..120] + "…";
    }

    [GeneratedRegex(@"\[\s*(\{\{\s*\.window\s*\}\}|\$__rate_interval|\$__range|[0-9a-z]{1,20})\s*\]", RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
