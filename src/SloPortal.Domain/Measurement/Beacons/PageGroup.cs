using System.Text;

namespace SloPortal.Domain.Measurement.Beacons;

/// <summary>Pages that are counted together. The browser finds the group and tells its name only, so no address of a page leaves it.</summary>
/// <param name="Pattern">Of the path: a star stands for one step, two stars at the end for all that follow.</param>
/// <param name="Name">What it is called.</param>
public sealed record PageGroup(string Pattern, string Name)
{
    public const string Other = "other";
    public const int Most = 20;

    /// <summary>Of all patterns and names together, so that the script stays small.</summary>
    public const int MostText = 800;

    /// <summary>The pattern as a regular expression of JavaScript.</summary>
    public string Expression()
    {
        var text = new StringBuilder("^");
        for (var i = 0; i < Pattern.Length; i++)
        {
            if (Pattern[i] == '*')
            {
                var all = i + 1 < Pattern.Length && Pattern[i + 1] == '*';
                text.Append(all ? ".*" : "[^/]+");
                i += all ? 1 : 0;
            }
            else
                text.Append(char.IsAsciiLetterOrDigit(Pattern[i]) || Pattern[i] is '/' or '-' or '_' or '~' ? Pattern[i] : $"\\{Pattern[i]}");
        }
        return text.Append('$').ToString();
    }

    /// <summary>What is wrong with the groups, in a sentence; null when nothing is.</summary>
    public static string? Problem(IReadOnlyList<PageGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return groups.Count > Most ? $"At most {Most} groups."
            : groups.Any(g => g is not { Pattern.Length: > 0, Name.Length: > 0 }) ? "A group is a pattern and a name, such as /orders/* order."
            : groups.FirstOrDefault(g => g.Pattern[0] != '/' || !g.Pattern.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '~' or '.' or '*')) is { } wrong ? $"The pattern {wrong.Pattern} begins with a slash and holds letters, digits, -, _, ~, . and stars."
            : groups.FirstOrDefault(g => g.Pattern.Contains("***", StringComparison.Ordinal) || g.Pattern.IndexOf("**", StringComparison.Ordinal) is var two && two >= 0 && two != g.Pattern.Length - 2) is { } stars ? $"Two stars stand only at the end of a pattern, unlike in {stars.Pattern}."
            : groups.Any(g => g.Name == Other || !g.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-')) ? "A name has lower-case letters, digits and hyphens, and is not “other”, which is the rest."
            : groups.Sum(g => g.Expression().Length + g.Name.Length) > MostText ? "All patterns and names together are too long; the script carries them. Take fewer or shorter ones."
            : null;
    }
}
