using AngleSharp.Html.Parser;
using SloPortal.Application.Reviews.Markdown;

namespace SloPortal.Application.Tests.Reviews;

public sealed class ReviewMarkdownTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x](java\tscript:alert(1))")]
    [InlineData("[x](<java\nscript:alert(1)>)")]
    [InlineData("[x](vbscript:msgbox(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)")]
    [InlineData("![x](data:image/svg+xml;base64,PHN2Zy8+)")]
    [InlineData("![x](https://tracker.example/pixel.gif)")]
    [InlineData("![x](//tracker.example/pixel.gif)")]
    [InlineData("![x][r]\n\n[r]: https://tracker.example/pixel.gif")]
    [InlineData("[![x](https://tracker.example/pixel.gif)](https://example.org)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[x](https://a.example \"t\\\" onmouseover=alert(1) x=\")")]
    [InlineData("![x](attachment:\"onerror=alert(1))")]
    [InlineData("<style>*{display:none}</style>")]
    [InlineData("<iframe src=https://example.org></iframe>")]
    [InlineData("<form action=https://example.org><input name=password></form>")]
    [InlineData("<base href=https://example.org>")]
    [InlineData("<meta http-equiv=refresh content=0>")]
    [InlineData("`</code><script>alert(1)</script>`")]
    [InlineData("```\"><script>alert(1)</script>\nx\n```")]
    [InlineData("# <h1 id=main onclick=alert(1)>")]
    public void ToHtml_Hostile_HasNothingThatActsOrLoads(string markdown)
    {
        var html = ReviewMarkdown.ToHtml(markdown, _ => null);

        var body = new HtmlParser().ParseDocument($"<body>{html}").Body!;
        foreach (var element in body.QuerySelectorAll("*"))
        {
            Assert.DoesNotContain(element.LocalName, new[] { "script", "style", "iframe", "form", "input", "base", "meta", "svg", "object", "h1", "img" });
            Assert.DoesNotContain(element.Attributes, a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name is "style" or "id" or "name" or "src");
            if (element.GetAttribute("href") is { } href)
                Assert.Matches("^(https?:|mailto:|//|%)", href);
        }
    }

    [Fact]
    public void ToHtml_Attachments_BecomeAddressesOfTheIncident()
    {
        static string? Address(string name) => name == "error rate.png" ? "/files/7" : null;

        Assert.Contains("<img src=\"/files/7\" alt=\"graph\">", ReviewMarkdown.ToHtml("![graph](attachment:error%20rate.png)", Address), StringComparison.Ordinal);
        Assert.Contains("<a href=\"/files/7\">log</a>", ReviewMarkdown.ToHtml("[log](attachment:error%20rate.png)", Address), StringComparison.Ordinal);
        Assert.Contains("(no file \"gone.txt\")", ReviewMarkdown.ToHtml("[log](attachment:gone.txt)", Address).Replace("&quot;", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_RemotePicture_IsALinkThatSaysSo() =>
        Assert.Contains("<a href=\"https://example.org/p.png\" rel=\"noopener noreferrer nofollow\">graph (picture elsewhere)</a>", ReviewMarkdown.ToHtml("![graph](https://example.org/p.png)", _ => null), StringComparison.Ordinal);

    [Fact]
    public void ToHtml_Ordinary_KeepsHeadingsTablesListsAndCode()
    {
        var html = ReviewMarkdown.ToHtml("# Title\n\n- one\n- **two**\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```\ncode < 1\n```\nhttps://example.org", _ => null);

        foreach (var part in new[] { "<h2>Title</h2>", "<strong>two</strong>", "<td>1</td>", "<code>code &lt; 1", "<a href=\"https://example.org\"", "class=\"table-scroll\"" })
            Assert.Contains(part, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">")]
    [InlineData("[")]
    [InlineData("- ")]
    [InlineData("*a ")]
    [InlineData("<b>")]
    [InlineData("![")]
    [InlineData("`a")]
    [InlineData("a|")]
    public void ToHtml_HundredThousandOfOneMark_Answers(string mark) =>
        Assert.NotNull(ReviewMarkdown.ToHtml(string.Concat(Enumerable.Repeat(mark, 100_000 / mark.Length)), _ => null));
}
