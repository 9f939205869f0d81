using System.Text;

namespace SloPortal.Application.Measurement.Files;

/// <summary>Text of foreign files that is shown and stored.</summary>
internal static class SafeText
{
    /// <summary>Of a row that is told to people.</summary>
    public const int RowLength = 300;

    /// <summary>The text without what PostgreSQL does not take as text, cut to so many characters.</summary>
    public static string Of(string text, int most)
    {
        var safe = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length + rune.Utf16SequenceLength >= most)
                return safe.Append('…').ToString();
            // Half a pair comes as the replacement character.
            safe.Append(rune.Value == 0 || (rune.Value < 32 && rune.Value != '\t') ? " " : rune.ToString());
        }
        return safe.ToString();
    }
}
