namespace SloPortal.Web.Shared;

/// <summary>How well a palette entry answers what was typed.</summary>
internal static class PaletteMatch
{
    /// <summary>
    /// Higher is better, 0 is no match. The whole title counts most, then its beginning. Otherwise every word typed must be
    /// found, in the title or in the detail, and the worst place of a word decides: the beginning of the title, the beginning
    /// of one of its words, its middle, the detail.
    /// </summary>
    public static int Score(string query, PaletteEntry entry)
    {
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
            return 1;
        var phrase = string.Join(' ', words);
        if (entry.Title.Equals(phrase, StringComparison.OrdinalIgnoreCase))
            return 50;
        return entry.Title.StartsWith(phrase, StringComparison.OrdinalIgnoreCase) ? 40 : words.Min(word => ScoreOfWord(word, entry));
    }

    private static int ScoreOfWord(string word, PaletteEntry entry)
    {
        var at = entry.Title.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        if (at == 0)
            return 35;
        if (at > 0 && BeginsAWord(entry.Title, word))
            return 30;
        if (at > 0)
            return 20;
        return entry.Detail?.Contains(word, StringComparison.OrdinalIgnoreCase) == true ? 10 : 0;
    }

    private static bool BeginsAWord(string title, string word)
    {
        for (var at = title.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = title.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !char.IsLetterOrDigit(title[at - 1]))
                return true;
        }
        return false;
    }
}
