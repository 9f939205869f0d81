using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Measurement;

/// <summary>From the choice of a label to the minutes of the segment that took the most.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class SegmentTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Segments_OwnerSplitsByALabel_FindsTheTopBurnerAndItsMinutes()
    {
        var source = (await portal.Api.GetAsync($"/slis/{portal.Data.SplitSli}", Ct)).GetProperty("sourceId").GetInt32();
        var sli = (await portal.Api.PostAsync("/slis", new
        {
            service = "search", slug = "by-hand", name = "Split by hand", description = "", sourceId = source,
            definition = new { kind = "counterRatio", bad = "orders_answered_total{code=\"500\"}", total = "orders_answered_total" },
        }, Ct)).GetInt32();
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync($"/slis/{sli}");
        var segments = page.GetByRole(AriaRole.Region, new() { Name = "Segments" });
        await Assertions.Expect(segments).ToContainTextAsync("It decides what is good");
        await segments.GetByRole(AriaRole.Button, new() { Name = "Split by region" }).ClickAsync();
        await segments.GetByLabel("Most segments").FillAsync("1");
        await segments.GetByRole(AriaRole.Button, new() { Name = "Split the SLI" }).ClickAsync();
        await Assertions.Expect(segments).ToContainTextAsync("from 2 to 200");
        await segments.GetByLabel("Most segments").FillAsync("2");
        await Assertions.Expect(segments).ToContainTextAsync("Further values count together as Other");
        await segments.GetByRole(AriaRole.Button, new() { Name = "Split the SLI" }).ClickAsync();

        await Assertions.Expect(segments).ToContainTextAsync("of what failed, with");
        await segments.GetByRole(AriaRole.Link, new() { Name = "1 h", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("segments=1h"));
        await Assertions.Expect(segments.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
        await Assertions.Expect(segments.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("us");
        await Assertions.Expect(segments).ToContainTextAsync("at least 1 value beyond the 2 that are counted apart");
        await segments.GetByRole(AriaRole.Link, new() { Name = "us", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "By hour" }).GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Link).ClickAsync();
        // Each minute has 401 to 407 requests of it.
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("40");
    }
}
