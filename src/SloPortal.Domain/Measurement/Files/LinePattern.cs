using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SloPortal.Domain.Measurement.Files;

/// <summary>
/// A regular expression whose named groups are the columns of a log line. It is found anywhere in the line and runs in time linear in its
/// length, under the limits of <see cref="SafePattern"/>.
/// </summary>
public sealed class LinePattern
{
    private readonly Regex regex;
    private readonly int[] groups;

    private LinePattern(Regex regex, string[] names)
    {
        this.regex = regex;
        Columns = names;
        groups = Array.ConvertAll(names, regex.GroupNumberFromName);
    }

    /// <summary>The names of the groups, in their order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Compiles <paramref name="text"/>, or says in one sentence why it is refused.</summary>
    public static bool TryCreate(string? text, [NotNullWhen(true)] out LinePattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        pattern = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            problem = "Give the pattern of a line, with a named group for each column, such as (?<time>\\S+) (?<status>\\d+).";
            return false;
        }
        // Python, Go and RE2 write (?P<name>.
        var plain = text.Replace("(?P<", "(?<", StringComparison.Ordinal);
        if (!SafePattern.TryCompile(plain, anchored: false, out var regex, out problem))
            return false;
        var names = regex.GetGroupNames().Where(n => !int.TryParse(n, CultureInfo.InvariantCulture, out _)).ToArray();
        if (names.Length == 0)
        {
            problem = "The pattern names no group; write (?<time>…) and so on, so that each part has a name.";
            return false;
        }
        pattern = new LinePattern(regex, names);
        return true;
    }

    /// <summary>The values of the groups; null when the line does not match. A group that took no part is empty.</summary>
    public string[]? Read(string line)
    {
        var match = regex.Match(line);
        return match.Success ? Array.ConvertAll(groups, g => match.Groups[g].Value) : null;
    }
}
