using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>An owner tries other paging rules on what came in, before saving them.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class ReplayTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Rules_TriedBeforeTheyAreSaved_TellWhatWouldHaveBeen()
    {
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync("/settings/escalation?team=shop&rules=edit");
        await page.GetByLabel("A signal that is").First.SelectOptionAsync(new SelectOptionValue { Label = "critical" });

        await page.GetByRole(AriaRole.Button, new() { Name = "Try on the last 90 days" }).ClickAsync();

        var panel = page.GetByRole(AriaRole.Region, new() { Name = "What the last 90 days would have been" });
        await Assertions.Expect(panel).ToContainTextAsync("Played by the rules in force");
        await Assertions.Expect(panel).ToContainTextAsync("Incidents missed");
        await Pages.Pictures.LookAsync(page, "rules-replayed");
        await page.SetViewportSizeAsync(1440, 900);
        await page.ReloadAsync();
        // Nothing was set.
        await Assertions.Expect(page.GetByLabel("A signal that is").First).ToHaveValueAsync("Error");
    }
}
