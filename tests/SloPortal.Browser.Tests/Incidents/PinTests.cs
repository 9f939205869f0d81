using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>Somebody pins what must not be forgotten and says what shows it, by keyboard and on a phone.</summary>
public sealed class PinTests() : OwnPortalTest("pins")
{
    [Fact]
    public async Task Pin_OnAPhoneAndByKeyboard_StandsAtTheHeadAndFollowsCorrections()
    {
        var incident = await DeclareAsync();
        // What the portal looks up takes numbers of its own.
        var entry = (await Api.PostAsync($"/incidents/{incident}/timeline", new { body = "Care has eleven calls: 502 in the basket, all regions" }, Ct)).GetProperty("entry").GetInt32();
        var (visitor, page) = await OpenAsync();
        await visitor.GoToAsync($"/incidents/{incident}");

        await page.GetByLabel("Write into the timeline").FillAsync("/pin Rollback of 7.42 began");
        await page.Keyboard.PressAsync("Enter");
        var pinned = page.Locator(".pinned li");
        await Assertions.Expect(pinned).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Pin entry {entry}" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Pin it as").FillAsync("Customers see 502 in all regions");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(pinned).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".pinned")).ToContainTextAsync("Customers see 502 in all regions");

        await page.GetByRole(AriaRole.Button, new() { Name = $"Correct entry {entry}" }).ClickAsync();
        await page.GetByLabel("What it should say").FillAsync("Care has eleven calls: 502 in the basket, one region");
        await page.GetByLabel("Why").FillAsync("Misread.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the correction" }).ClickAsync();
        await Assertions.Expect(page.Locator(".pinned")).ToContainTextAsync("corrected since: Care has eleven calls: 502 in the basket, one region");

        await page.GetByRole(AriaRole.Button, new() { Name = $"Link entry {entry} to evidence" }).ClickAsync();
        await page.GetByLabel("Address").FillAsync("http://grafana.example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(page.Locator(".correction")).ToContainTextAsync("begins with https");
        await page.GetByLabel("Address").FillAsync("https://grafana.example.com/d/basket");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(page.Locator(".entry-links a")).ToHaveAttributeAsync("href", "https://grafana.example.com/d/basket");

        await Assertions.Expect(page.Locator(".phases .phase-strip")).ToBeHiddenAsync();
        await LookAsync(page, "incident-pinned");
        await page.SetViewportSizeAsync(390, 844);
        await page.Locator(".phases .phase-fold > summary").ClickAsync();
        await Assertions.Expect(page.Locator(".phases .phase-strip")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the link to https://grafana.example.com/d/basket back" }).ClickAsync();
        await Assertions.Expect(page.Locator(".entry-links")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Unpin Rollback of 7.42 began" }).ClickAsync();
        await Assertions.Expect(pinned).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task SetAClock_ThatWasAhead_MovesItsEntriesAndSaysWhatItSaid()
    {
        var incident = await DeclareAsync();
        var now = TimeProvider.System.GetUtcNow();
        await Api.PostAsync($"/incidents/{incident}/timeline/chat", new { messages = new[] { new { at = now.AddSeconds(-590), author = "omar", text = "restarting the pool" } } }, Ct);
        await Api.PostAsync($"/incidents/{incident}/timeline", new { body = "errors fall again", occurredAt = now.AddSeconds(-600) }, Ct);
        var (visitor, page) = await OpenAsync();
        await visitor.GoToAsync($"/incidents/{incident}");
        var said = page.Locator(".timeline > li[data-kind=Note]");
        await Assertions.Expect(said.First).ToContainTextAsync("restarting the pool");

        await page.GetByRole(AriaRole.Button, new() { Name = "Set the clock of chat" }).ClickAsync();
        await page.GetByLabel("by seconds").FillAsync("12.5");
        await page.GetByLabel("give or take seconds").FillAsync("3");
        await page.GetByLabel("Why").FillAsync("Compared with the log of the load balancer.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the clock", Exact = true }).ClickAsync();

        await Assertions.Expect(said.First).ToContainTextAsync("errors fall again");
        await Assertions.Expect(said.Last).ToContainTextAsync("by the clock of chat, 12.5 s ahead, ± 3 s, could be the other way round");
        await Assertions.Expect(page.Locator("[data-clock=chat]")).ToContainTextAsync("Compared with the log of the load balancer.");
        await LookAsync(page, "incident-clocks");
    }

    private async Task<int> DeclareAsync() =>
        (await Api.PostAsync("/incidents", new { title = "Orders fail after release 7.42", severity = "sev2", services = Array.Empty<string>(), startedAt = TimeProvider.System.GetUtcNow().AddMinutes(-30) }, Ct)).GetInt32();

    private async Task<(Visitor Visitor, IPage Page)> OpenAsync()
    {
        var visitor = await ComeAsync(Portal.Address);
        await visitor.SignInAsync(RunningPortal.AdminEmail);
        await visitor.Page.SetViewportSizeAsync(390, 844);
        return (visitor, visitor.Page);
    }

    private static async Task LookAsync(IPage page, string name)
    {
        foreach (var (theme, width) in ((ColorScheme, int)[])[(ColorScheme.Light, 1440), (ColorScheme.Dark, 1440), (ColorScheme.Light, 390), (ColorScheme.Dark, 390)])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(width, 900);
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))");
            await Pages.Pictures.TakeAsync(page, name, theme, width);
            var found = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa") });
            Assert.True(found.Violations.Length == 0, string.Join("\n", found.Violations.Select(v => $"{v.Id}: {string.Join(", ", v.Nodes.Select(n => n.Html))}")));
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The page scrolls sideways.");
        }
    }
}
