using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>A commander declares an incident and reads within seconds where to look first, on a desktop and on a phone.</summary>
public sealed class TriageTests() : OwnPortalTest("triage")
{
    [Fact]
    public async Task Declare_AfterADeployment_TellsWhereToLookFirst()
    {
        await SeedAsync();
        var past = await DeclareAsync("Cart times out", TimeProvider.System.GetUtcNow().AddMinutes(-50));
        var visitor = await ComeAsync(Portal.Address);
        await visitor.SignInAsync(RunningPortal.AdminEmail);
        var page = visitor.Page;
        await page.SetViewportSizeAsync(1440, 900);

        var incident = await DeclareAsync("Cart times out again", TimeProvider.System.GetUtcNow().AddMinutes(-20));
        await visitor.GoToAsync($"/incidents/{incident}");

        var triage = page.Locator(".triage");
        await Assertions.Expect(Answer(page, "Changes")).ToContainTextAsync("cart 7.42 to production");
        await Assertions.Expect(Answer(page, "Changes")).ToContainTextAsync("before it began, on the service itself");
        await Assertions.Expect(Answer(page, "Dependencies")).ToContainTextAsync("Its one dependency is not unwell. Of 1 nothing is measured at present.");
        await Assertions.Expect(Answer(page, "Segments")).ToContainTextAsync("No SLI of Cart is split");
        await Assertions.Expect(Answer(page, "Probes")).ToContainTextAsync("No probe asks Cart.");
        await Assertions.Expect(Answer(page, "Similar").GetByRole(AriaRole.Link, new() { Name = $"INC-{past} Cart times out" })).ToHaveAttributeAsync("href", $"/incidents/{past}");
        await Assertions.Expect(Answer(page, "Runbooks").GetByRole(AriaRole.Link, new() { Name = "Runbook of Cart" })).ToHaveAttributeAsync("href", "https://wiki.example.com/cart");

        // Each answer is an entry that a machine observed, with what it rests on.
        var entry = page.Locator(".timeline > li[data-kind=Triage]").Filter(new() { HasText = "Closest change" });
        await Assertions.Expect(entry).ToContainTextAsync("observed by the portal");
        await Assertions.Expect(entry).ToContainTextAsync("Asked: deployments of Cart and dependencies");
        await Assertions.Expect(entry.Locator(".entry-links a").First).ToHaveTextAsync("cart 7.42 to production");
        await Pictures.LookAsync(page, "incident-triage");

        await page.SetViewportSizeAsync(390, 844);
        await Assertions.Expect(Answer(page, "Changes")).ToBeHiddenAsync();
        await triage.Locator("summary").ClickAsync();
        await Assertions.Expect(Answer(page, "Changes")).ToBeVisibleAsync();
        await triage.GetByRole(AriaRole.Button, new() { Name = "Collect again" }).ClickAsync();
        await Assertions.Expect(page.Locator(".timeline > li[data-kind=Triage]")).ToHaveCountAsync(12);
        await Assertions.Expect(triage).ToContainTextAsync("looked up by the portal");
        await Pictures.LookAsync(page, "incident-triage-open");
    }

    private static ILocator Answer(IPage page, string question) => page.Locator($".triage [data-question={question}]");

    private async Task<int> DeclareAsync(string title, DateTimeOffset startedAt) =>
        (await Api.PostAsync("/incidents", new { title, severity = "sev2", services = new[] { "cart" }, startedAt, confirmUnusualTime = true }, Ct)).GetInt32();

    private async Task SeedAsync()
    {
        await Api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        await Api.PostAsync("/services", new { slug = "cart", name = "Cart", description = "", tier = "critical", ownerTeam = "shop", links = new[] { new { title = "Runbook", url = "https://wiki.example.com/cart" } } }, Ct);
        await Api.PostAsync("/services", new { slug = "stock", name = "Stock", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() }, Ct);
        await Api.PostAsync("/services/cart/dependencies", new { onService = "stock", kind = "hard" }, Ct);
        await Api.PostAsync("/deployments", new { service = "cart", version = "7.42", deployedAt = TimeProvider.System.GetUtcNow().AddMinutes(-24) }, Ct);
    }
}
