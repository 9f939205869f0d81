using System.Globalization;
using System.Text;

namespace SloPortal.Domain.Common;

/// <summary>The short name in addresses: lower-case ASCII letters, digits and single hyphens, 1 to 63 characters.</summary>
public static class Slug
{
    public const int MaxLength = 63;

    public const string Rule = "Use lower-case letters, digits and single hyphens, at most 63 characters, for example \"checkout-api\".";

    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && text[0] != '-' && text[^1] != '-'
        && !text.Contains("--", StringComparison.Ordinal)
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>The slug that a name suggests; empty when the name has no letter or digit that could be used.</summary>
    public static string From(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slug = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                continue;
            var lower = char.ToLowerInvariant(c);
            if (char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower))
                slug.Append(lower);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
            if (slug.Length == MaxLength)
                break;
        }
        return slug.ToString().Trim('-');
    }
}
