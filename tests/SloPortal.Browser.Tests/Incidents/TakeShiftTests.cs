using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>Somebody is away, and a colleague takes the shift on a phone.</summary>
public sealed class TakeShiftTests() : OwnPortalTest("take-shift")
{
    [Fact]
    public async Task Schedule_ShiftTakenOnAPhone_IsTheirsOnEveryPageAndFits()
    {
        await Api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        var people = new People(Portal.Address, Api);
        var away = await people.InviteAsync("Awa Away", ["viewer"], ["shop"], Ct);
        var here = await people.InviteAsync("Hanna Here", ["viewer"], ["shop"], Ct);
        var first = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1);
        await Api.PostAsync("/schedules", new
        {
            team = "shop", slug = "weeks", name = "Weeks", timeZone = "UTC",
            layers = new[] { new { name = "Weekly", unit = "weeks", every = 1, firstDay = first.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), handOff = "00:00:00", people = new[] { away.Id, here.Id } } },
        }, Ct);
        var visitor = await ComeAsync(Portal.Address, here.Session);
        var page = visitor.Page;
        await page.SetViewportSizeAsync(390, 844);

        await visitor.GoToAsync("/on-call");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Awa Away");
        await LooksRightAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Weeks" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the shift of Awa Away" }).First.ClickAsync();

        await Assertions.Expect(page.GetByText("The shift of Awa Away is yours")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".page-head")).ToContainTextAsync("You are on call until");
        await LooksRightAsync(page);
        await Assertions.Expect(page.Locator("header.top .on-call-mark")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^You are on call"));
        await visitor.GoToAsync("/on-call");
        await Assertions.Expect(page.Locator("main").GetByText("You are on call", new() { Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Give away" }).First.ClickAsync();
        await page.Locator("#person").SelectOptionAsync("Awa Away");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give the shift away" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The shift is given away")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".page-head")).ToContainTextAsync("Awa Away is on call until");
    }

    private static async Task LooksRightAsync(IPage page)
    {
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa") });
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join(", ", v.Nodes.Select(n => n.Html))})")));
    }
}
