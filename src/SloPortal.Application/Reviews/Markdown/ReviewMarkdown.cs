using AngleSharp.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Markdown;

/// <summary>
/// Markdown as HTML that can do no harm: the one renderer for preview, page and exports. Tags in the text show as text; links lead to
/// http, https, mailto or a file of the incident; a picture from elsewhere becomes a link, since to load it would tell its server who
/// reads. What comes out is cleaned once more, by a list of what may stand in it.
/// </summary>
public static class ReviewMarkdown
{
    private static readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UsePipeTables().UseAutoLinks().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).Build();

    private static readonly HtmlSanitizer sanitizer = new(new HtmlSanitizerOptions
    {
        AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "ul", "ol", "li", "strong", "em", "del", "code", "pre", "a", "img",
            "table", "thead", "tbody", "tr", "th", "td",
        },
        AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src", "alt", "title", "start" },
        AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
        UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src" },
    });

    /// <param name="attachment">The address of a file by its name; null where the incident has none of that name.</param>
    public static string ToHtml(string markdown, Func<string, string?> attachment)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(attachment);
        MarkdownDocument document;
        try
        {
            document = Markdig.Markdown.Parse(markdown, pipeline);
        }
        catch (ArgumentException)
        {
            // Nested deeper than anybody reads. Shown as it was written, so that it can be mended.
            return $"<pre><code>{System.Net.WebUtility.HtmlEncode(markdown)}</code></pre>";
        }
        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.Level = Math.Max(2, heading.Level);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Place(link, attachment);
        using var written = new StringWriter();
        var renderer = new HtmlRenderer(written);
        pipeline.Setup(renderer);
        renderer.Render(document);
        return Clean(written.ToString());
    }

    private static void Place(LinkInline link, Func<string, string?> attachment)
    {
        var url = link.Url ?? "";
        if (url.StartsWith(MarkdownText.AttachmentScheme, StringComparison.OrdinalIgnoreCase))
        {
            var name = Uri.UnescapeDataString(url[MarkdownText.AttachmentScheme.Length..]);
            link.Url = attachment(name);
            if (link.Url is not null)
                return;
            link.IsImage = false;
            link.AppendChild(new LiteralInline($" (no file \"{name}\")"));
            return;
        }
        if (!link.IsImage)
            return;
        link.IsImage = false;
        link.AppendChild(new LiteralInline(link.FirstChild is null ? "picture elsewhere" : " (picture elsewhere)"));
    }

    private static string Clean(string html)
    {
        using var page = sanitizer.SanitizeDom(html);
        var body = page.Body!;
        foreach (var link in body.QuerySelectorAll("a").ToList())
        {
            if (link.GetAttribute("href") is not { Length: > 0 } href)
                link.Replace([.. link.ChildNodes]);
            else if (!href.StartsWith('/') && !href.StartsWith('#'))
                link.SetAttribute("rel", "noopener noreferrer nofollow");
        }
        // A wide table scrolls by itself, also from the keyboard.
        foreach (var table in body.QuerySelectorAll("table").ToList())
        {
            var scroller = page.CreateElement("div");
            scroller.ClassName = "table-scroll";
            scroller.SetAttribute("tabindex", "0");
            scroller.SetAttribute("role", "group");
            scroller.SetAttribute("aria-label", "Table");
            table.ClassName = "table";
            table.Replace(scroller);
            scroller.AppendChild(table);
        }
        return body.InnerHtml;
    }
}
