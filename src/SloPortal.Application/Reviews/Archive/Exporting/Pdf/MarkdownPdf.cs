using System.Globalization;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SloPortal.Application.Reviews.Archive.Exporting.Pdf;

/// <summary>Writes Markdown as paragraphs, lists, tables and code. HTML in it stands as the text that it is.</summary>
internal sealed class MarkdownPdf(PdfFlow flow)
{
    private const double Body = 10;
    private const double Step = 16;

    /// <summary>Nesting beyond this is written on the level of it, so that no text can exhaust the stack or the line.</summary>
    private const int Deepest = 8;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().Build();

    public void Write(string markdown)
    {
        foreach (var block in Markdig.Markdown.Parse(markdown, Pipeline))
            Write(block, 0, null, false);
    }

    private void Write(Block block, int depth, string? marker, bool bar)
    {
        var indent = Math.Min(depth, Deepest) * Step;
        switch (block)
        {
            case HeadingBlock heading:
                var size = heading.Level switch { 1 => 16, 2 => 13, 3 => 11, _ => 10 };
                flow.Space(heading.Level <= 2 ? 8 : 4);
                flow.Room(size * 4);
                flow.Paragraph(RunsOf(heading.Inline, size, bold: true), indent, 4);
                break;
            case ParagraphBlock paragraph:
                flow.Paragraph(RunsOf(paragraph.Inline, Body), indent, bar || marker is not null ? 3 : 6, marker, bar);
                break;
            case ListBlock list:
                var number = list.IsOrdered && int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
                foreach (var item in list.OfType<ListItemBlock>())
                    WriteItem(item, depth + 1, list.IsOrdered ? $"{number++}." : "•");
                flow.Space(3);
                break;
            case QuoteBlock quote:
                foreach (var inner in quote)
                    Write(inner, depth + 1, null, true);
                break;
            case Table table:
                var rows = table.OfType<TableRow>().Select(RowOf).Where(r => r.Count > 0).ToList();
                if (rows.Count > 0)
                    flow.Table(rows);
                break;
            case ThematicBreakBlock:
                flow.Rule();
                break;
            case LeafBlock { Lines.Count: > 0 } leaf:
                flow.Verbatim(leaf.Lines.ToString(), indent);
                break;
            case ContainerBlock container:
                foreach (var inner in container)
                    Write(inner, depth, null, bar);
                break;
        }
    }

    private void WriteItem(ListItemBlock item, int depth, string marker)
    {
        string? left = marker;
        foreach (var inner in item)
        {
            Write(inner, depth, left, false);
            left = null;
        }
    }

    private static List<IReadOnlyList<PdfRun>> RowOf(TableRow row) =>
        [.. row.OfType<TableCell>().Select(cell => RunsOf(cell.Descendants<ParagraphBlock>().FirstOrDefault()?.Inline, 9, row.IsHeader))];

    private static List<PdfRun> RunsOf(ContainerInline? inlines, double size, bool bold = false, bool italic = false, string? link = null)
    {
        var runs = new List<PdfRun>();
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LiteralInline literal:
                    Add(literal.Content.ToString());
                    break;
                case CodeInline code:
                    runs.Add(new PdfRun(Clean(code.Content), PdfFonts.Of(size - 1, mono: true), PdfFlow.Ink, link));
                    break;
                case EmphasisInline emphasis:
                    runs.AddRange(RunsOf(emphasis, size, bold || emphasis.DelimiterCount >= 2, italic || emphasis.DelimiterCount % 2 == 1, link));
                    break;
                case LinkInline to:
                    runs.AddRange(RunsOf(to, size, bold, italic, WebAddress(to.Url)));
                    if (!to.IsImage && WebAddress(to.Url) is { } address && runs.LastOrDefault()?.Text != address)
                        runs.Add(new PdfRun($" ({address})", PdfFonts.Of(size - 1.5), PdfFlow.Muted, address));
                    break;
                case AutolinkInline auto:
                    runs.Add(new PdfRun(Clean(auto.Url), PdfFonts.Of(size, bold, italic), PdfFlow.Ink, WebAddress(auto.Url)));
                    break;
                case LineBreakInline lineBreak:
                    Add(lineBreak.IsHard ? "\n" : " ");
                    break;
                case HtmlInline html:
                    Add(html.Tag);
                    break;
                case HtmlEntityInline entity:
                    Add(entity.Transcoded.ToString());
                    break;
                case ContainerInline container:
                    runs.AddRange(RunsOf(container, size, bold, italic, link));
                    break;
            }
        }
        return runs;

        void Add(string text) => runs.Add(new PdfRun(Clean(text), PdfFonts.Of(size, bold, italic), PdfFlow.Ink, link));
    }

    private static string? WebAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? url : null;

    private static string Clean(string text) => string.Concat(text.Where(c => c == '\n' || !char.IsControl(c)));
}
