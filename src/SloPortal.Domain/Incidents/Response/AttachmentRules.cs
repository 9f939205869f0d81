using System.Text;
using System.Text.Json;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Response;

/// <summary>
/// Which files an incident takes. The name says what a file claims to be and its first bytes whether it is; nothing that a browser
/// would run comes through.
/// </summary>
public static class AttachmentRules
{
    /// <summary>Bytes. Product policy.</summary>
    public const int LargestSize = 10 << 20;

    private const int LongestName = 200;

    private const string Allowed = "Attach an image (PNG, JPEG, GIF, WebP), a PDF, or text (txt, csv, json, log, md).";

    /// <summary>The type under which the file is served; a refusal that says why it is not taken.</summary>
    /// <param name="name">As <see cref="Clean"/> gives it.</param>
    public static Outcome<string> TypeOf(string name, ReadOnlySpan<byte> content)
    {
        if (content.Length == 0)
            return Refusal.Invalid("This file is empty.");
        if (content.Length > LargestSize)
            return Refusal.Invalid($"This file has {(content.Length + (1 << 20) - 1) >> 20} MB; an attachment has at most {LargestSize >> 20}. Attach the part that matters, or link to it.");
        var dot = name.LastIndexOf('.');
        return (dot < 0 ? "" : name[(dot + 1)..].ToLowerInvariant()) switch
        {
            "png" => Is(content, "image/png", "a PNG image", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
            "jpg" or "jpeg" => Is(content, "image/jpeg", "a JPEG image", [0xFF, 0xD8, 0xFF]),
            "gif" => Is(content, "image/gif", "a GIF image", "GIF8"u8),
            "webp" => content.Length > 12 && content[8..12].SequenceEqual("WEBP"u8) ? Is(content, "image/webp", "a WebP image", "RIFF"u8) : NotWhatItSays("a WebP image"),
            "pdf" => Is(content, "application/pdf", "a PDF", "%PDF-"u8),
            "json" => IsJson(content) ? "application/json" : NotWhatItSays("JSON"),
            "csv" => Text(content, "text/csv; charset=utf-8"),
            "txt" or "log" => Text(content, "text/plain; charset=utf-8"),
            "md" => Text(content, "text/markdown; charset=utf-8"),
            "" => Refusal.Invalid("The name of this file does not say what it is. " + Allowed),
            var extension => Refusal.Invalid($"Files of the type {extension} are not taken. {Allowed}"),
        };
    }

    /// <summary>The name without the folders before it and without what a name must not contain; "file" where nothing is left.</summary>
    public static string Clean(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var last = name[(name.LastIndexOfAny(['/', '\\', ':']) + 1)..];
        // Also what turns the direction of writing, which would hide the true ending.
        var clean = new string([.. last.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or '|' or '?' or '*' or '\uFFFD')
            && char.GetUnicodeCategory(c) is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Surrogate))]).Trim().Trim('.').Trim();
        if (clean.Length > LongestName)
        {
            var dot = clean.LastIndexOf('.');
            var ending = dot >= 0 && clean.Length - dot <= 10 ? clean[dot..] : "";
            clean = clean[..(LongestName - ending.Length)] + ending;
        }
        return clean.Length == 0 ? "file" : clean;
    }

    public static bool IsImage(string contentType)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        return contentType.StartsWith("image/", StringComparison.Ordinal);
    }

    private static Outcome<string> Is(ReadOnlySpan<byte> content, string type, string what, ReadOnlySpan<byte> start) =>
        content.StartsWith(start) ? type : NotWhatItSays(what);

    private static Outcome<string> Text(ReadOnlySpan<byte> content, string type) => IsText(content) ? type : NotWhatItSays("text in UTF-8");

    private static Refusal NotWhatItSays(string what) => Refusal.Invalid($"The name says {what}, but what is in the file is not. Save it as that, or give it its true name.");

    private static bool IsText(ReadOnlySpan<byte> content)
    {
        // Escape is in what terminals write.
        foreach (var b in content)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1B))
                return false;
        }
        return System.Text.Unicode.Utf8.IsValid(content);
    }

    private static bool IsJson(ReadOnlySpan<byte> content)
    {
        try
        {
            var reader = new Utf8JsonReader(content.StartsWith(Encoding.UTF8.Preamble) ? content[3..] : content, new JsonReaderOptions { MaxDepth = 256 });
            while (reader.Read())
            {
            }
            return Encoding.UTF8.GetCharCount(content) > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
