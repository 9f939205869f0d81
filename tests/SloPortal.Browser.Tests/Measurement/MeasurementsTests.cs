using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Measurement;

/// <summary>A second measurement of an SLI, from naming it to the signature that says which counts.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class MeasurementsTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Measurements_AddedThenProposedToCountByTheWorst_IsSignedBySomebodyElse()
    {
        var (sli, probe) = (await SliAsync("answered", "Answered"), await SliAsync("asked", "Asked by a probe"));
        var colleague = await portal.People.InviteAsync("Paula Partner", ["serviceOwner"], ["shop"], Ct);
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync($"/slis/{sli}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a measurement" }).ClickAsync();
        await page.GetByLabel("What measures the same").SelectOptionAsync($"{probe}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Give the reason.").First).ToBeVisibleAsync();
        await page.GetByLabel("In which way it measures the same").FillAsync("It asks the same page from outside.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Asked by a probe" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Answered beside Asked by a probe" })).ToBeVisibleAsync();

        await owner.GoToAsync($"/slis/{sli}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose otherwise" }).ClickAsync();
        await page.GetByText("The worst of them").ClickAsync();
        await page.GetByLabel("Asked by a probe", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("A failure that only one sees is a failure.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose it" }).ClickAsync();
        var counting = page.GetByRole(AriaRole.Region, new() { Name = "What counts" });
        await Assertions.Expect(counting).ToContainTextAsync("Waits for a signature");
        await Assertions.Expect(counting.GetByRole(AriaRole.Button, new() { Name = "Sign" })).ToHaveCountAsync(0);

        var other = await ComeAsync(portal.Address, colleague.Session);
        await other.GoToAsync($"/slis/{sli}");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await other.Page.GetByLabel("Your password, once more").FillAsync(RunningPortal.Password);
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign it" }).ClickAsync();
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Region, new() { Name = "What counts" })).ToContainTextAsync("signed by Paula Partner");
    }

    private async Task<int> SliAsync(string slug, string name) =>
        (await portal.Api.PostAsync("/slis", new { service = "checkout", slug, name, description = "", sourceId = (int?)null, definition = new { kind = "pushed" } }, Ct)).GetInt32();
}
