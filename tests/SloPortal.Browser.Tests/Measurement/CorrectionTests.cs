using System.Globalization;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Measurement;

/// <summary>A correction, from the form of one person to the approval of another.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class CorrectionTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Correction_WithoutEvidenceThenWith_WaitsForSomebodyElseAndIsWithdrawn()
    {
        var sli = (await portal.Api.PostAsync("/slis", new { service = "checkout", slug = "drilled", name = "Drilled", description = "", sourceId = (int?)null, definition = new { kind = "pushed" } }, Ct)).GetInt32();
        var colleague = await portal.People.InviteAsync("Cora Colleague", ["serviceOwner"], ["shop"], Ct);
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        var day = DateTime.UtcNow.AddDays(-3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await owner.GoToAsync($"/slis/{sli}/correct");
        await page.GetByText("Were a drill").ClickAsync();
        await page.Locator("#from").FillAsync($"{day}T10:00");
        await page.Locator("#to").FillAsync($"{day}T11:00");
        await page.GetByLabel("Why the measurement is not what counts").FillAsync("We took a node away on purpose.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Say what shows it").First).ToBeVisibleAsync();

        await page.GetByLabel("Evidence").FillAsync("The plan of the drill.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose it" }).ClickAsync();
        var corrections = page.GetByRole(AriaRole.Region, new() { Name = "Corrections" });
        await Assertions.Expect(corrections).ToContainTextAsync("Waits for approval");
        await Assertions.Expect(corrections.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);

        var other = await ComeAsync(portal.Address, colleague.Session);
        await other.GoToAsync($"/slis/{sli}");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Approve it" }).ClickAsync();
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Region, new() { Name = "Corrections" })).ToContainTextAsync("approved by Cora Colleague");

        await owner.GoToAsync($"/slis/{sli}");
        await corrections.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("The drill did not take place.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw it" }).ClickAsync();
        await Assertions.Expect(corrections).ToContainTextAsync("Withdrawn");
    }
}
