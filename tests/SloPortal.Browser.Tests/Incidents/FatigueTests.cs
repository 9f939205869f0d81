using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>Somebody looks how pages weigh on people, and at the pages behind a figure.</summary>
public sealed class FatigueTests() : OwnPortalTest("fatigue")
{
    [Fact]
    public async Task Report_FromThePages_LeadsFromAFigureToItsPages()
    {
        var owner = await CallAsync();
        var visitor = await ComeAsync(Portal.Address, owner.Session);
        var page = visitor.Page;

        await visitor.GoToAsync("/pages");
        await page.GetByRole(AriaRole.Link, new() { Name = "Fatigue report" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Fatigue", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".page-head")).ToContainTextAsync("2 pages called one person");
        foreach (var (theme, width) in ((ColorScheme, int)[])[(ColorScheme.Light, 1440), (ColorScheme.Dark, 390)])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(width, 900);
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))");
            await Pages.Pictures.TakeAsync(page, "fatigue-told", theme, width);
            await LooksRightAsync(page);
        }
        await page.SetViewportSizeAsync(1440, 900);
        await page.GetByText("The same as a table").ClickAsync();
        await Assertions.Expect(page.Locator(".take-table tbody tr")).ToHaveCountAsync(9);

        await page.GetByRole(AriaRole.Link, new() { Name = "Not taken by anybody" }).ClickAsync();

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("that nobody took");
        var rows = page.Locator("main table tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(rows).ToContainTextAsync("memory on web-1");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all pages" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(3);
    }

    /// <summary>Two pages of alerts, of which one is taken, and a test.</summary>
    private async Task<Somebody> CallAsync()
    {
        await Api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        var people = new People(Portal.Address, Api);
        var owner = await people.InviteAsync("Olga Owner", ["serviceOwner"], ["shop"], Ct);
        await Api.PostAsync("/services", new { slug = "search", name = "Search", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() }, Ct);
        var policy = (await Api.PostAsync("/escalation-policies", new { team = "shop", name = "Around the clock", repeats = 1, levels = new[] { new { minutes = 5, targets = new[] { new { kind = "person", id = owner.Id } } } } }, Ct)).GetGuid();
        await Api.PutAsync("/teams/shop/paging-rules", new { rules = new object[] { new { minimumSeverity = "error", action = "page", policy, groupBy = new[] { "alertname" } } } }, Ct);
        await Api.PostAsync("/pages/test", new { policy }, Ct);
        var source = await Api.PostAsync("/teams/shop/signal-sources", new { kind = "alertmanager", name = "Alertmanager", service = "search" }, Ct);
        object Alert(string name) => new { status = "firing", labels = new { alertname = name, severity = "error" }, annotations = new { summary = $"{name} on web-1" }, startsAt = TimeProvider.System.GetUtcNow() };
        await Api.SendAsync($"/in/{source.GetProperty("key").GetString()}/alertmanager", new { version = "4", status = "firing", alerts = new[] { Alert("disk"), Alert("memory") } }, Ct);
        await Eventually.HoldsAsync("two pages that call", TimeSpan.FromMinutes(1), async ct =>
            (await Api.GetAsync("/pages?text=web-1", ct)).GetProperty("pages").GetProperty("items").EnumerateArray().Count(p => p.GetProperty("called").GetArrayLength() > 0) == 2, Ct);
        var disk = (await Api.GetAsync("/pages?text=disk", Ct)).GetProperty("pages").GetProperty("items")[0].GetProperty("number").GetInt32();
        await people.PostAsync(owner, $"/pages/{disk}/acknowledge", new { }, Ct);
        return owner;
    }

    private static async Task LooksRightAsync(IPage page)
    {
        var wide = await page.EvaluateAsync<string[]>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] : [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth).slice(0, 5).map(e => e.outerHTML.slice(0, 120))");
        Assert.Empty(wide);
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa") });
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join(", ", v.Nodes.Select(n => n.Html))})")));
    }
}
