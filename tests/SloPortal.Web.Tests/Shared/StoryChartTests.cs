using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Tests.Shared;

public sealed class StoryChartTests
{
    private static readonly StoryModel Empty = new() { RangeStart = 0, RangeEnd = 1000, Now = 1000, TimeZone = "UTC", Points = [] };

    [Fact]
    public async Task ZoomAsync_Dragged_TellsThePageTheStretch()
    {
        await using var context = new BunitContext();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.JSInterop.SetupModule("./js/story-chart.js").Mode = JSRuntimeMode.Loose;
        StoryRange? heard = null;
        var chart = context.Render<StoryChart>(p => p.Add(s => s.Model, Empty).Add(s => s.OnZoom, (StoryRange r) => heard = r));

        await chart.InvokeAsync(() => chart.Instance.ZoomAsync(1000, 2000));

        Assert.Equal(new StoryRange(DateTimeOffset.FromUnixTimeSeconds(1), DateTimeOffset.FromUnixTimeSeconds(2)), heard);
    }

    [Fact]
    public async Task Render_BrowserFails_PageStays()
    {
        await using var context = new BunitContext();
        context.Services.AddSingleton<IJSRuntime>(new FailingBrowser());

        var chart = context.Render<StoryChart>(p => p.Add(s => s.Model, Empty));

        chart.WaitForAssertion(() => Assert.Contains("could not be drawn", chart.Find(".note").TextContent, StringComparison.Ordinal));
    }

    private sealed class FailingBrowser : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
            throw new JSException("The chart library did not load.");

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            throw new JSException("The chart library did not load.");
    }
}
