using System.Text;

namespace SloPortal.Domain.Measurement;

/// <summary>How names and strings are written in PromQL.</summary>
public static class PromText
{
    /// <summary>Whether a metric name can stand without quotes.</summary>
    public static bool IsPlainMetricName(string name) =>
        name.Length > 0 && IsNameStart(name[0]) && name.All(IsNamePart);

    /// <summary>A letter, an underscore or a colon.</summary>
    public static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '_' or ':';

    /// <summary>A letter, a digit, an underscore or a colon.</summary>
    public static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or ':';

    /// <summary>The label name, quoted where PromQL asks for it.</summary>
    public static string LabelName(string name) =>
        IsPlainMetricName(name) && !name.Contains(':', StringComparison.Ordinal) ? name : Quote(name);

    /// <summary>A string in double quotes.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' => quoted.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A pattern that matches the text and nothing else, as RE2 reads it, which Prometheus and the Collector use.</summary>
    public static string Pattern(string text)
    {
        var pattern = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (@"\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal))
            {
                pattern.Append('\\');
            }

            pattern.Append(c);
        }

        return pattern.ToString();
    }
}
