namespace SloPortal.Web.Common;

/// <summary>How well a palette entry answers what was typed.</summary>
internal static class PaletteMatch
{
    /// <summary>
    /// Higher is better, 0 is no match. Every word typed must be found, in the title or in the detail; the beginning of the
    /// title counts most, then the beginning of one of its words, then its middle, then the detail.
    /// </summary>
    public static int Score(string query, PaletteEntry entry)
    {
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
            return 1;
        var worst = int.MaxValue;
        foreach (var word in words)
            worst = Math.Min(worst, ScoreOfWord(word, entry));
        if (worst == 0)
            return 0;
        // The whole of the title beats a title that only begins so.
        return worst + (entry.Title.Equals(query.Trim(), StringComparison.OrdinalIgnoreCase) ? 1 : 0);
    }

    private static int ScoreOfWord(string word, PaletteEntry entry)
    {
        var at = entry.Title.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        if (at == 0)
            return 40;
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
