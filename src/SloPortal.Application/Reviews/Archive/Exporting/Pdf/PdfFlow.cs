using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace SloPortal.Application.Reviews.Archive.Exporting.Pdf;

/// <summary>A stretch of text in one font.</summary>
/// <param name="Link">An http or https address that it leads to.</param>
internal sealed record PdfRun(string Text, XFont Font, XBrush Brush, string? Link = null);

/// <summary>Puts text on A4 pages from top to bottom, breaking lines and pages. Lengths are points (1/72 inch).</summary>
internal sealed class PdfFlow : IDisposable
{
    public const double Margin = 56;
    private const double Bottom = 64;
    private const double Leading = 1.38;

    private readonly PdfDocument document = new();
    private XGraphics graphics;
    private PdfPage page;
    private double y;

    public PdfFlow(string title, string author)
    {
        PdfFonts.Register();
        document.Info.Title = title;
        document.Info.Author = author;
        document.Info.Creator = "SloPortal";
        (page, graphics) = AddPage();
        y = Margin;
    }

    public static double Width => 595 - 2 * Margin;

    public static XBrush Ink { get; } = new XSolidBrush(XColor.FromArgb(0x1B, 0x1D, 0x21));

    public static XBrush Muted { get; } = new XSolidBrush(XColor.FromArgb(0x56, 0x5C, 0x66));

    private static XPen Line { get; } = new(XColor.FromArgb(0xC9, 0xCB, 0xC7), 0.6);

    public void Space(double height) => y += height;

    public void Rule()
    {
        Room(8);
        graphics.DrawLine(Line, Margin, y, Margin + Width, y);
        y += 8;
    }

    /// <summary>Begins a new page where less than this is left, so that a heading is not parted from what follows.</summary>
    public void Room(double height)
    {
        if (y + height > page.Height.Point - Bottom)
            NextPage();
    }

    /// <summary>Runs as one paragraph, broken at spaces; a word longer than the line is cut.</summary>
    /// <param name="marker">Stands before the first line: a bullet, a number.</param>
    public void Paragraph(IReadOnlyList<PdfRun> runs, double indent = 0, double after = 6, string? marker = null, bool bar = false)
    {
        var first = true;
        foreach (var line in LinesOf(runs, Width - indent))
        {
            var height = HeightOf(line);
            Room(height);
            if (marker is not null && first)
                graphics.DrawString(marker, line.Count > 0 ? line[0].Font : PdfFonts.Of(10), Ink, Margin + indent - 12, y + height * 0.78);
            if (bar)
                graphics.DrawLine(new XPen(XColor.FromArgb(0xC9, 0xCB, 0xC7), 2), Margin + indent - 8, y, Margin + indent - 8, y + height);
            DrawLine(line, Margin + indent, height);
            y += height;
            first = false;
        }
        y += after;
    }

    /// <summary>Text in which every line stands as written, broken only where it is too long.</summary>
    public void Verbatim(string text, double indent = 0)
    {
        var font = PdfFonts.Of(8.5, mono: true);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            foreach (var part in line.Length == 0 ? [""] : CutToWidth(line, font, Width - indent - 12))
            {
                var height = font.Size * Leading;
                Room(height);
                graphics.DrawRectangle(new XSolidBrush(XColor.FromArgb(0xF2, 0xF2, 0xEF)), Margin + indent, y, Width - indent, height + 0.5);
                graphics.DrawString(part, font, Ink, Margin + indent + 6, y + height * 0.78);
                y += height;
            }
        }
        y += 6;
    }

    /// <summary>A table of equal columns; a row stays on one page where it fits on one.</summary>
    public void Table(IReadOnlyList<IReadOnlyList<IReadOnlyList<PdfRun>>> rows)
    {
        var columns = rows.Max(r => r.Count);
        var width = Width / columns;
        foreach (var row in rows)
        {
            var cells = row.Select(cell => LinesOf(cell, width - 8)).ToList();
            var height = cells.Max(c => c.Sum(HeightOf)) + 6;
            Room(Math.Min(height, page.Height.Point - Margin - Bottom));
            var top = y;
            for (var column = 0; column < cells.Count; column++)
            {
                y = top + 2;
                foreach (var line in cells[column])
                {
                    var lineHeight = HeightOf(line);
                    if (y + lineHeight > page.Height.Point - Bottom / 2)
                        break;
                    DrawLine(line, Margin + column * width, lineHeight);
                    y += lineHeight;
                }
            }
            y = top + height;
            graphics.DrawLine(Line, Margin, y - 2, Margin + Width, y - 2);
        }
        y += 8;
    }

    /// <summary>The finished file, with a foot on each page.</summary>
    /// <param name="foot">Stands left of the page's number.</param>
    public byte[] Finish(string foot)
    {
        graphics.Dispose();
        var font = PdfFonts.Of(8);
        for (var i = 0; i < document.PageCount; i++)
        {
            using var g = XGraphics.FromPdfPage(document.Pages[i]);
            var at = document.Pages[i].Height.Point - 36;
            g.DrawString(foot, font, Muted, Margin, at);
            var number = string.Create(CultureInfo.InvariantCulture, $"{i + 1} of {document.PageCount}");
            g.DrawString(number, font, Muted, Margin + Width - g.MeasureString(number, font).Width, at);
        }
        using var file = new MemoryStream();
        document.Save(file, closeStream: false);
        return file.ToArray();
    }

    public void Dispose()
    {
        graphics.Dispose();
        document.Dispose();
    }

    private void NextPage()
    {
        graphics.Dispose();
        (page, graphics) = AddPage();
        y = Margin;
    }

    private (PdfPage, XGraphics) AddPage()
    {
        var added = document.AddPage();
        added.Size = PdfSharp.PageSize.A4;
        return (added, XGraphics.FromPdfPage(added));
    }

    private static double HeightOf(List<PdfRun> line) => (line.Count == 0 ? 10 : line.Max(r => r.Font.Size)) * Leading;

    private void DrawLine(List<PdfRun> line, double x, double height)
    {
        foreach (var run in line)
        {
            graphics.DrawString(run.Text, run.Font, run.Brush, x, y + height * 0.78);
            var width = graphics.MeasureString(run.Text, run.Font).Width;
            if (run.Link is not null)
                page.AddWebLink(new PdfRectangle(graphics.Transformer.WorldToDefaultPage(new XRect(x, y, width, height))), run.Link);
            x += width;
        }
    }

    private List<List<PdfRun>> LinesOf(IReadOnlyList<PdfRun> runs, double width)
    {
        var lines = new List<List<PdfRun>> { new() };
        var used = 0.0;
        foreach (var run in runs)
        {
            foreach (var (word, isBreak) in WordsOf(run.Text))
            {
                if (isBreak)
                {
                    lines.Add([]);
                    used = 0;
                    continue;
                }
                foreach (var part in CutToWidth(word, run.Font, width))
                {
                    var length = graphics.MeasureString(part, run.Font).Width;
                    if (used > 0 && used + graphics.MeasureString(part.TrimEnd(), run.Font).Width > width)
                    {
                        lines.Add([]);
                        used = 0;
                    }
                    Append(lines[^1], run with { Text = part });
                    used += length;
                }
            }
        }
        return lines;
    }

    /// <summary>Words of one run stay one string, so that the file is small and can be searched.</summary>
    private static void Append(List<PdfRun> line, PdfRun run)
    {
        if (line.Count > 0 && line[^1] is var last && last.Font == run.Font && last.Link == run.Link && last.Brush == run.Brush)
            line[^1] = last with { Text = last.Text + run.Text };
        else
            line.Add(run);
    }

    /// <summary>Words with the spaces after them, and the breaks that were asked for.</summary>
    private static IEnumerable<(string Word, bool IsBreak)> WordsOf(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                if (i > start)
                    yield return (text[start..i], false);
                yield return ("", true);
                start = i + 1;
            }
            else if (text[i] == ' ' && i + 1 < text.Length && text[i + 1] != ' ')
            {
                yield return (text[start..(i + 1)], false);
                start = i + 1;
            }
        }
        if (start < text.Length)
            yield return (text[start..], false);
    }

    private IEnumerable<string> CutToWidth(string word, XFont font, double width)
    {
        while (word.Length > 1 && graphics.MeasureString(word.TrimEnd(), font).Width > width)
        {
            var (low, high) = (1, word.Length - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (graphics.MeasureString(word[..middle], font).Width <= width)
                    low = middle;
                else
                    high = middle - 1;
            }
            yield return word[..low];
            word = word[low..];
        }
        yield return word;
    }
}
