using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace SloPortal.Application.Reviews.Archive.Exporting.Pdf;

/// <summary>
/// The fonts of a PDF come with the portal, so that a report looks the same on every machine: Liberation Sans and Mono (SIL Open
/// Font License), which cover Latin, Greek and Cyrillic.
/// </summary>
internal sealed class PdfFonts : IFontResolver
{
    public const string Sans = "Liberation Sans";
    public const string Mono = "Liberation Mono";

    private static readonly Lock Once = new();
    private static bool isRegistered;

    /// <summary>The library knows one resolver for the whole process.</summary>
    public static void Register()
    {
        lock (Once)
        {
            if (isRegistered)
                return;
            GlobalFontSettings.FontResolver = new PdfFonts();
            isRegistered = true;
        }
    }

    public static XFont Of(double size, bool bold = false, bool italic = false, bool mono = false) => new(
        mono ? Mono : Sans, size, (bold, italic) switch
        {
            _ when mono => XFontStyleEx.Regular,
            (true, true) => XFontStyleEx.BoldItalic,
            (true, false) => XFontStyleEx.Bold,
            (false, true) => XFontStyleEx.Italic,
            _ => XFontStyleEx.Regular,
        });

    public FontResolverInfo? ResolveTypeface(string familyName, bool bold, bool italic) => new(
        familyName == Mono ? "LiberationMono-Regular"
        : "LiberationSans-" + ((bold, italic) switch { (true, true) => "BoldItalic", (true, false) => "Bold", (false, true) => "Italic", _ => "Regular" }));

    public byte[]? GetFont(string faceName)
    {
        using var file = typeof(PdfFonts).Assembly.GetManifestResourceStream($"Fonts/{faceName}.ttf")
            ?? throw new InvalidOperationException($"The font {faceName} is not part of the program.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
