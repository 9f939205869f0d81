namespace SloPortal.Application.Common;

internal static class TextSearch
{
    /// <summary>The pattern for ILIKE (escape character \) that finds the text anywhere, taken literally.</summary>
    public static string Contains(string text) => "%" + text.Trim()
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
