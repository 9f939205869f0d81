using Bunit;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Tests.Shared;

public sealed class SharedComponentTests
{
    [Theory]
    [InlineData(Tone.Good, "good")]
    [InlineData(Tone.NoData, "nodata")]
    public void StatePill_AnyTone_SpeaksByIconAndWord(Tone tone, string name)
    {
        using var context = new BunitContext();

        var pill = context.Render<StatePill>(p => p.Add(s => s.Tone, tone).Add(s => s.Text, "A word"));

        Assert.Equal(name, pill.Find(".pill").GetAttribute("data-tone"));
        Assert.Equal("A word", pill.Find(".pill").TextContent.Trim());
        Assert.Equal("true", pill.Find("svg").GetAttribute("aria-hidden"));
    }

    [Fact]
    public void StatePill_HostileTexts_StayTexts()
    {
        using var context = new BunitContext();

        var pill = context.Render<StatePill>(p => p.Add(s => s.Tone, Tone.Bad).Add(s => s.Text, "<b>a</b>").Add(s => s.Title, "\"><script>x</script>"));

        Assert.Empty(pill.FindAll("script, b"));
        Assert.Equal("<b>a</b>", pill.Find(".pill").TextContent);
        Assert.Equal("\"><script>x</script>", pill.Find(".pill").GetAttribute("title"));
    }

    [Fact]
    public void Cell_HostileText_StaysText()
    {
        using var context = new BunitContext();

        var row = context.Render(builder =>
        {
            builder.AddMarkupContent(0, $"<table><tr>{Cell.Head("/o?a=\"", "<i>name</i>", "<i>sub</i>")}{Cell.Figure("Left \"<i>\"", "<script>x</script>")}{Cell.Of("Window", "30 d")}</tr></table>");
        });

        Assert.Empty(row.FindAll("script, i"));
        Assert.Equal("Left \"<i>\"", row.Find("td.num").GetAttribute("data-label"));
        Assert.Equal("<script>x</script>", row.Find("td.num").TextContent);
        Assert.Equal("30 d", row.Find("td:not(.num)").TextContent);
        Assert.Equal(("/o?a=\"", "<i>name</i>"), (row.Find("th > a").GetAttribute("href"), row.Find("th > a").TextContent));
        Assert.Equal("<i>sub</i>", row.Find("th > .sub").TextContent);
    }

    [Fact]
    public void Icon_WithALabel_IsAPictureThatSpeaks()
    {
        using var context = new BunitContext();

        var icon = context.Render<Icon>(p => p.Add(s => s.Name, "more").Add(s => s.Label, "More & more").Add(s => s.Large, true)).Find("svg");

        Assert.Equal(("img", "More & more", "icon icon-l"), (icon.GetAttribute("role"), icon.GetAttribute("aria-label"), icon.ClassName));
        Assert.Equal("solid", icon.QuerySelector("path")!.ClassName);
        Assert.False(icon.HasAttribute("aria-hidden"));
    }

    [Fact]
    public void Pager_InTheMiddle_LinksBothWays()
    {
        using var context = new BunitContext();

        var pager = context.Render<Pager>(p => p
            .Add(s => s.Where, new PageOf(2, 50, 1234)).Add(s => s.Noun, "objectives").Add(s => s.Href, n => $"/objectives?team=a&page={n}"));

        Assert.Equal("51–100 of 1,234 objectives", pager.Find("span").TextContent);
        Assert.Equal("/objectives?team=a&page=1", pager.Find("a[rel=prev]").GetAttribute("href"));
        Assert.Equal("/objectives?team=a&page=3", pager.Find("a[rel=next]").GetAttribute("href"));
    }

    [Theory]
    [InlineData(1, 0, 0, 0, false)]
    [InlineData(1, 50, 1, 50, false)]
    [InlineData(2, 51, 51, 51, false)]
    [InlineData(1, 51, 1, 50, true)]
    public void PageOf_AtTheEdges_CountsRight(int page, int total, int first, int last, bool next)
    {
        var where = new PageOf(page, 50, total);

        Assert.Equal((first, last, next), (where.First, where.Last, where.HasNext));
    }

    [Fact]
    public void TimeText_Relative_SaysTheAbsoluteToScreenReaders()
    {
        using var context = new BunitContext();
        var now = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

        var text = context.Render<TimeText>(p => p.Add(s => s.Instant, now.AddHours(-2)).Add(s => s.Now, now));

        var time = text.Find("time");
        Assert.Equal("2026-11-22T22:00:00Z", time.GetAttribute("datetime"));
        Assert.Equal("2 h ago, Sun 22 Nov 2026, 22:00:00 (UTC)", time.TextContent);
    }

    [Fact]
    public void ShareBar_BeyondTheWhole_IsCutOff()
    {
        using var context = new BunitContext();

        var bar = context.Render<ShareBar>(p => p.Add(s => s.Share, 1.4));

        Assert.Equal("100%", bar.Find("rect").GetAttribute("width"));
    }

    [Fact]
    public void FigureTile_WithEvidence_IsALink()
    {
        using var context = new BunitContext();

        var tile = context.Render<FigureTile>(p => p.Add(s => s.Label, "Budget left").Add(s => s.Value, "21.4 %").Add(s => s.Href, "/x"));

        Assert.Equal("/x", tile.Find("a.figure").GetAttribute("href"));
        Assert.Equal("21.4 %", tile.Find(".figure-value").TextContent);
    }

    [Fact]
    public void Icon_UnknownName_IsAMistakeThatShows()
    {
        using var context = new BunitContext();

        Assert.Throws<ArgumentException>(() => context.Render<Icon>(p => p.Add(s => s.Name, "nonesuch")));
    }

    [Fact]
    public void Code_Text_StaysText()
    {
        using var context = new BunitContext();

        var code = context.Render<CodeBlock>(p => p.Add(s => s.Id, "c").Add(s => s.Label, "the text").Add(s => s.Text, "<script>x</script>"));

        Assert.Empty(code.FindAll("script"));
        Assert.Equal("<script>x</script>", code.Find("code").TextContent);
    }
}
