using Bunit;
using Microsoft.AspNetCore.Components;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Tests.Shared;

public sealed class SparklineTests
{
    [Fact]
    public void Of_GapBetweenValues_StartsANewStretch()
    {
        var path = SparklinePath.Of([0, 10, null, 5, 10], 0, 10, 100, 20);

        Assert.Equal("M0 20L25 0M75 10L100 0", path);
    }

    [Fact]
    public void Of_ValueBetweenTwoGaps_BecomesADot()
    {
        var path = SparklinePath.Of([null, 5, null], 0, 10, 100, 20);

        Assert.Equal("M50 10h.01", path);
    }

    [Fact]
    public void Of_AllEqual_RunsThroughTheMiddle()
    {
        Assert.Equal("M0 10L100 10", SparklinePath.Of([7, 7], 7, 7, 100, 20));
    }

    [Fact]
    public void Of_NotFinite_IsAGap()
    {
        Assert.Equal("M0 20L50 0", SparklinePath.Of([0, 10, double.NaN], 0, 10, 100, 20));
    }

    [Fact]
    public void Of_NoValues_KeepsItsLabel()
    {
        using var context = new BunitContext();

        var spark = context.Render(Markup(Sparkline.Of([], "Budget left, \"no data\"")));

        Assert.Equal("Budget left, \"no data\"", spark.Find("svg").GetAttribute("aria-label"));
        Assert.Equal("", spark.Find("path").GetAttribute("d"));
    }

    [Fact]
    public void Of_SameValuesOtherReference_IsDrawnAnew()
    {
        using var context = new BunitContext();
        double?[] values = [0, 10];

        var above = context.Render(Markup(Sparkline.Of(values, "Left", reference: 0)));
        var below = context.Render(Markup(Sparkline.Of(values, "Left", reference: -10)));
        var without = context.Render(Markup(Sparkline.Of(values, "Left")));

        Assert.Equal(["M0 24L96 24", "M0 24L96 0"], above.FindAll("path").Select(p => p.GetAttribute("d")));
        Assert.Equal(["M0 24L96 24", "M0 12L96 0"], below.FindAll("path").Select(p => p.GetAttribute("d")));
        Assert.Equal(["M0 24L96 0"], without.FindAll("path").Select(p => p.GetAttribute("d")));
    }

    private static RenderFragment Markup(MarkupString markup) => builder => builder.AddContent(0, markup);
}
