using System.Security.Cryptography;
using System.Text;
using SloPortal.Application.Common;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Formats;

/// <summary>
/// Takes texts of others as far as they can be stored: what is too long is cut and what no column holds is left out, since a signal with a
/// spoilt word is worth more than none.
/// </summary>
internal static class SignalText
{
    private const int MostLabels = 64;
    private const int MostName = 200;
    private const int MostValue = 2000;

    /// <summary>Without NUL and halves of characters, at most so many characters; no character is cut in two.</summary>
    public static string Clean(string text, int most)
    {
        if (text.Length <= most && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains('\0', StringComparison.Ordinal))
            return text;
        var clean = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > most)
                break;
            if (rune.Value != 0)
                clean.Append(rune);
        }
        return clean.ToString();
    }

    public static string Title(string? text, string otherwise) =>
        string.IsNullOrWhiteSpace(text) || Clean(text.Trim(), Signal.MostTitle) is not { Length: > 0 } title ? otherwise : title;

    /// <summary>Null where there is nothing to read.</summary>
    public static string? Description(params string?[] parts)
    {
        var text = string.Join("\n\n", parts.Where(p => !string.IsNullOrWhiteSpace(p)).Select(p => p!.Trim()));
        return text.Length == 0 ? null : Clean(text, Signal.MostDescription);
    }

    /// <summary>The first of the addresses that is one of the web; null where none is.</summary>
    public static string? Link(params string?[] addresses) => addresses.FirstOrDefault(ValidationRules.IsWebAddress) is { } address ? Clean(address, 2000) : null;

    /// <summary>The name of an episode; one that is too long for its column is named by its hash.</summary>
    public static string Key(string name)
    {
        var clean = Clean(name, int.MaxValue);
        return clean.Length is > 0 and <= Signal.MostKey ? clean : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clean)))}";
    }

    public static IReadOnlyDictionary<string, string> Labels(IEnumerable<KeyValuePair<string, string>> given)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in given)
        {
            if (labels.Count == MostLabels)
                break;
            if (Clean(name, MostName) is { Length: > 0 } clean)
                labels[clean] = Clean(value, MostValue);
        }
        return labels;
    }

    /// <summary>In UTC and in the microseconds that are stored.</summary>
    public static DateTimeOffset? Instant(DateTimeOffset? at) =>
        at is { } moment ? new DateTimeOffset(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero) : null;
}
