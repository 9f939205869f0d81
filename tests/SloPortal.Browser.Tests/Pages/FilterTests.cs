using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Pages;

/// <summary>Lists follow their filters while somebody types.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class FilterTests(SeededPortal portal) : BrowserTest
{
    [Theory]
    [InlineData("/objectives?sort=Name", "Filter the objectives", "orders placed", "tbody tr", "sort=Name")]
    [InlineData("/services", "Filter the services", "checkout", "tbody tr", "filter")]
    [InlineData("/settings/people?state=open", "Find by name or e-mail address", "olga", ".split table.is-linked tbody tr", "state=open")]
    [InlineData("/audit?actor=a", "Text in the details", "orders-placed", "tbody tr", "actor=a")]
    public async Task Typing_ByKeyboardAlone_NarrowsTheListAndKeepsFocusAndAddress(string path, string label, string typed, string rows, string kept)
    {
        var visitor = await ComeAsync(portal.Address, await portal.People.AdministratorAsync(Ct));
        await visitor.GoToAsync(path);
        var page = visitor.Page;
        await Assertions.Expect(page.Locator(rows).First).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("f");
        var filter = page.GetByLabel(label);
        await Assertions.Expect(filter).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("no such thing");
        await Assertions.Expect(page.Locator(rows)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(typed);

        await Assertions.Expect(page.Locator(rows).First).ToBeVisibleAsync();
        await Assertions.Expect(filter).ToBeFocusedAsync();
        await Assertions.Expect(filter).ToHaveValueAsync(typed);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("=" + Regex.Escape(Uri.EscapeDataString(typed))));
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(kept)));

        // The address alone brings the same list back.
        await visitor.GoToAsync(new Uri(page.Url).PathAndQuery);
        await Assertions.Expect(page.GetByLabel(label)).ToHaveValueAsync(typed);
        await Assertions.Expect(page.Locator(rows).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Alerts_FilterAndSeverity_StandInTheAddressWithoutAButton()
    {
        var visitor = await ComeAsync(portal.Address, await portal.People.AdministratorAsync(Ct));
        await visitor.GoToAsync("/alerts?state=ended");
        var page = visitor.Page;
        await page.GetByLabel("Filter the alerts").PressSequentiallyAsync("nothing ");
        await Assertions.Expect(page).ToHaveURLAsync($"{portal.Address}/alerts?state=ended&filter=nothing");
        // A space at the end is typing, not a filter, and stays.
        await Assertions.Expect(page.GetByLabel("Filter the alerts")).ToHaveValueAsync("nothing ");
        await page.GetByLabel("Severity").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("state=ended&filter=nothing&severity="));
        await Assertions.Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
    }
}
