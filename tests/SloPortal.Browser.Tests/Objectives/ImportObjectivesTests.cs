using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;

namespace SloPortal.Browser.Tests.Objectives;

/// <summary>A file is compared, mended, compared again and applied; the objective then says which file manages it.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class ImportObjectivesTests(SeededPortal portal) : BrowserTest
{
    private const string File = """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: orders-by-file
          displayName: Orders by file
          annotations:
            sloportal.dev/owner: OWNER
            sloportal.dev/stakeholder: STAKEHOLDER
        spec:
          service: checkout
          indicatorRef: orders
          timeWindow: [{duration: 7d, isRolling: true}]
          budgetingMethod: Occurrences
          objectives: [{targetPercent: 99.5}]
        """;

    [Fact]
    public async Task Import_PastedFile_ShowsRefusalThenDifferenceThenApplies()
    {
        var (owner, stakeholder) = (portal.Data.Owner, portal.Data.Stakeholder);
        var visitor = await ComeAsync(portal.Address, owner.Session);
        var page = visitor.Page;
        await visitor.GoToAsync("/objectives");
        await page.GetByRole(AriaRole.Link, new() { Name = "Import files" }).ClickAsync();
        var paste = page.GetByLabel("Or paste one");
        var compare = page.GetByRole(AriaRole.Button, new() { Name = "Show the difference" });
        await Assertions.Expect(compare).ToBeEnabledAsync();

        var text = File.Replace("OWNER", owner.Email, StringComparison.Ordinal).Replace("STAKEHOLDER", stakeholder.Email, StringComparison.Ordinal);
        await paste.FillAsync(text.Replace("7d", "9d", StringComparison.Ordinal));
        await compare.ClickAsync();
        await Assertions.Expect(page.GetByText("A rolling window of 9d cannot be agreed.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("pasted.yaml:12").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Apply" })).ToHaveCountAsync(0);
        await Pictures.TakeAsync(page, "objectives-import-refused", ColorScheme.Light, 1440);

        await paste.FillAsync(text);
        await page.GetByLabel("From now on the objectives are changed in these files").CheckAsync();
        await compare.ClickAsync();
        await Assertions.Expect(page.GetByText("would be created").First).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "objectives-import-difference", ColorScheme.Light, 1440);
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the proposal" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/proposals/"));

        await visitor.GoToAsync("/objectives/checkout/orders-by-file");
        await Assertions.Expect(page.GetByText("Managed by the file pasted.yaml")).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "objective-managed", ColorScheme.Light, 1440);
        await visitor.GoToAsync("/objectives/checkout/orders-by-file/propose");
        await Assertions.Expect(page.GetByText("A file manages this objective")).ToBeVisibleAsync();
    }
}
