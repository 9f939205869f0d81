using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>Somebody says on a phone when it really was, and looks how long incidents take.</summary>
public sealed class PhaseTests() : OwnPortalTest("phases")
{
    [Fact]
    public async Task Adjust_OnAPhone_CountsAndLeavesWhatIsDerivedVisible()
    {
        var incident = await DeclareAsync();
        var (visitor, page) = await OpenAsync();
        await visitor.GoToAsync($"/incidents/{incident}");
        var mitigated = page.Locator("[data-phase=Mitigated]");
        await Assertions.Expect(mitigated).ToContainTextAsync("30 min to mitigate");
        await Assertions.Expect(mitigated).ToContainTextAsync("from a change of status");

        await page.GetByRole(AriaRole.Button, new() { Name = "Adjust a phase" }).First.ClickAsync();
        await page.GetByLabel("Phase", new() { Exact = true }).SelectOptionAsync("Mitigated");
        var at = await page.GetByLabel("When it was").InputValueAsync();
        await page.GetByLabel("When it was").FillAsync(Moved(at, -60));
        await page.GetByLabel("Why").FillAsync("The error rate fell before anybody looked.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Adjust the phase" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("It cannot have been mitigated before it");
        await page.GetByLabel("When it was").FillAsync(Moved(at, -10));
        await page.GetByRole(AriaRole.Button, new() { Name = "Adjust the phase" }).ClickAsync();

        await Assertions.Expect(mitigated).ToContainTextAsync("20 min to mitigate");
        await Assertions.Expect(mitigated).ToContainTextAsync("The error rate fell before anybody looked.");
        await Assertions.Expect(mitigated.Locator("del time")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("Mitigated adjusted from");
        await Pictures.LookAsync(page, "incident-phases");
    }

    [Fact]
    public async Task Times_OfSeveralIncidents_AreDotsThatLeadToThem()
    {
        var incidents = new List<int>();
        for (var i = 0; i < 12; i++)
            incidents.Add(await DeclareAsync(i * i + 1));
        var (visitor, page) = await OpenAsync();

        await visitor.GoToAsync("/incidents");
        await page.GetByRole(AriaRole.Link, new() { Name = "Times", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".times-chart a")).ToHaveCountAsync(12);
        await Assertions.Expect(page.Locator("[data-label=Median]")).ToContainTextAsync("26 min");
        await Assertions.Expect(page.Locator(".times-mark[data-mark=median]")).ToHaveCountAsync(2);
        await Pictures.LookAsync(page, "incident-times-told");
        await page.GetByRole(AriaRole.Link, new() { Name = "To resolve", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("It is known of none of these incidents yet.");
        await page.GoBackAsync();
        await page.Locator($".times-chart a[href='/incidents/{incidents[^1]}']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page).ToHaveURLAsync($"{Portal.Address.TrimEnd('/')}/incidents/{incidents[^1]}");
    }

    private static string Moved(string wall, int minutes) =>
        DateTime.Parse(wall, System.Globalization.CultureInfo.InvariantCulture).AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One that was mitigated so long after it began, an hour or more ago in all.</summary>
    private async Task<int> DeclareAsync(int minutes = 30)
    {
        var began = TimeProvider.System.GetUtcNow().AddHours(-4);
        var incident = (await Api.PostAsync("/incidents", new { title = "Orders fail after release 7.42", severity = "sev2", services = Array.Empty<string>(), startedAt = began }, Ct)).GetInt32();
        await Api.PostAsync($"/incidents/{incident}/status", new { status = "mitigated", occurredAt = began.AddMinutes(minutes) }, Ct);
        return incident;
    }

    private async Task<(Visitor Visitor, IPage Page)> OpenAsync()
    {
        var visitor = await ComeAsync(Portal.Address);
        await visitor.SignInAsync(RunningPortal.AdminEmail);
        await visitor.Page.SetViewportSizeAsync(390, 844);
        return (visitor, visitor.Page);
    }
}
