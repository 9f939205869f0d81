namespace SloPortal.Application.Reviews.Archive;

/// <summary>A stretch of plain text; whoever shows it encodes it.</summary>
/// <param name="Found">Whether it is what was searched for.</param>
public sealed record Stretch(string Text, bool Found);

/// <summary>
/// A text of which PostgreSQL's <c>ts_headline</c> has marked what was found. The marks are characters for private use, taken out of the
/// text before, so that nothing in a text can pass for a mark or for markup.
/// </summary>
internal static class Highlight
{
    private const char Start = '\uE000';
    private const char Stop = '\uE001';
    private const char Gap = '\uE002';

    public static string Marks { get; } = $"{Start}{Stop}{Gap}";

    /// <summary>Begins what was found.</summary>
    public static string Mark { get; } = $"{Start}";

    /// <summary>Between parts of a text of which what lay between was left out.</summary>
    public static string Cut { get; } = $"{Gap}";

    /// <summary>Characters before a found word that suffice for a passage with it.</summary>
    public const int Before = 150;

    /// <summary>Characters from the beginning of a found word on that suffice for a passage with it.</summary>
    public const int After = 250;

    /// <summary>The whole text.</summary>
    public static string OfAll { get; } = $"StartSel={Start}, StopSel={Stop}, HighlightAll=true";

    /// <summary>The best passages.</summary>
    public static string OfPassages { get; } = $"StartSel={Start}, StopSel={Stop}, FragmentDelimiter={Gap}, MaxFragments=2, MaxWords=24, MinWords=8";

    /// <summary>Without marks there is one stretch, which was not found.</summary>
    public static IReadOnlyList<Stretch> Read(string marked)
    {
        var stretches = new List<Stretch>();
        var found = false;
        var begin = 0;
        for (var i = 0; i <= marked.Length; i++)
        {
            if (i < marked.Length && marked[i] is not (Start or Stop))
                continue;
            if (i > begin)
                stretches.Add(new Stretch(Plain(marked[begin..i]), found));
            found = i < marked.Length && marked[i] == Start;
            begin = i + 1;
        }
        return stretches;
    }

    private static string Plain(string text) => text.Replace($"{Gap}", " … ", StringComparison.Ordinal);
}
