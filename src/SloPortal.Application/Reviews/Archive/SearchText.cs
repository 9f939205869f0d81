using System.Text.RegularExpressions;

namespace SloPortal.Application.Reviews.Archive;

/// <summary>What somebody typed into the search, taken apart as far as PostgreSQL's <c>websearch_to_tsquery</c> does not do it.</summary>
/// <param name="Whole">For <c>websearch_to_tsquery</c>: quotes, OR and - as typed.</param>
/// <param name="Wanted">The words without the excluded ones.</param>
/// <param name="Unwanted">What is excluded, as alternatives for <c>websearch_to_tsquery</c>; empty when nothing is.</param>
internal sealed partial record SearchText(string Whole, string Wanted, string Unwanted)
{
    private const int FewestWordsOfASentence = 5;

    public bool IsEmpty => Whole.Length == 0;

    /// <summary>So many words without an operator are a description, of which nobody means that every word must occur.</summary>
    public bool IsSentence => Whole.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is var words && words.Length >= FewestWordsOfASentence
        && Unwanted.Length == 0 && !Whole.Contains('"', StringComparison.Ordinal) && !words.Contains("OR");

    /// <summary>
    /// Only OR in capitals means alternatives, and a dash excludes only what it touches: PostgreSQL reads "or" and " - " in a sentence as
    /// operators as well, which a pasted sentence does not mean.
    /// </summary>
    public static SearchText Of(string? query)
    {
        var whole = LoneDashOrSmallOr().Replace((query ?? "").Replace('\0', ' '), " ").Trim();
        var unwanted = Excluded().Matches(whole).Select(m => m.Groups["what"].Value);
        return new SearchText(whole, Excluded().Replace(whole, " ").Trim(), string.Join(" OR ", unwanted));
    }

    [GeneratedRegex("""(?<!\S)(?:-+|[oO]r)(?!\S)""")]
    private static partial Regex LoneDashOrSmallOr();

    [GeneratedRegex("""(?<!\S)-(?<what>"[^"]*"?|\S+)""")]
    private static partial Regex Excluded();
}
