using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Pages;

/// <summary>Visitors' browsers are in Berlin.</summary>
[Collection(SeededPortalTests.Name)]
public sealed partial class TimeZoneTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Audit_ReaderInBerlin_SeesTheirClockWithUtcBeside_PrerenderedAndLive()
    {
        var visitor = await ComeAsync(portal.Address, await portal.People.AdministratorAsync(Ct));
        var answer = await visitor.GoToAsync("/audit");
        Assert.Matches(Berlin(), WebUtility.HtmlDecode(await answer.TextAsync()));
        var first = visitor.Page.Locator("td[data-label=When]").First;
        await Assertions.Expect(first.Locator("time")).ToHaveAttributeAsync("title", Berlin());
        await Assertions.Expect(first.Locator(".utc")).ToHaveTextAsync(new Regex(@"\d\d:\d\d(:\d\d)? UTC$"));
    }

    [Fact]
    public async Task Zone_ChosenInTheProfile_GoesBeforeTheBrowsers()
    {
        var tomo = await portal.People.InviteAsync("Tomo Traveller", ["auditor"], [], Ct);
        var visitor = await ComeAsync(portal.Address, tomo.Session);
        var page = visitor.Page;
        await visitor.GoToAsync("/settings/profile");
        await page.GetByLabel("Time zone", new() { Exact = true }).SelectOptionAsync("Asia/Tokyo");
        await visitor.LoadsAfterAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync(), "**/settings/profile");
        await Assertions.Expect(page.GetByText("Saved.")).ToBeVisibleAsync();

        await visitor.GoToAsync("/audit");
        await Assertions.Expect(page.Locator("td[data-label=When] time").First).ToHaveAttributeAsync("title", new Regex(@"\(UTC\+9\)$"));
        await Assertions.Expect(page.GetByText("in Asia/Tokyo")).ToBeVisibleAsync();

        // What is asked for on the reader's clock is found: nothing was recorded after now, and everything before.
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2020-01-01T09:00");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("to=2020-01-01T00%3A00Z"));
        await Assertions.Expect(page.GetByText("No entry found")).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"\(UTC\+[12]\)")]
    private static partial Regex Berlin();
}
