using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.TestSupport;

namespace SloPortal.Browser.Tests.Pages;

/// <summary>
/// A script that somebody gives as a text stays text: in the field, and wherever it is shown again. A violation of the content-security
/// policy is a complaint of the browser, which fails the test too.
/// </summary>
public sealed class ScriptInTextTests(PostgresFixture postgres) : BrowserTest, IClassFixture<PostgresFixture>
{
    private RunningPortal? portal;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        portal = await RunningPortal.StartAsync("script", postgres.ConnectionString, withAdministrator: true, Ct);
    }

    protected override async ValueTask LeaveAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
    }

    [Fact]
    public async Task Script_InEveryTextThatIsStored_StaysTextWhereverItIsShown()
    {
        using var api = new PortalApi(portal!.Address, RunningPortal.AdminToken);
        var people = new People(portal.Address, api);
        var visitor = await ComeAsync(portal.Address, await people.AdministratorAsync(Ct));
        var dialogs = new List<string>();
        visitor.Page.Dialog += async (_, dialog) =>
        {
            dialogs.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        var scripted = await Scripted.StoreAsync(api, people, visitor, Ct);

        var problems = new List<string>();
        foreach (var (path, text) in scripted.Places)
        {
            await visitor.GoToAsync(path);
            problems.AddRange(await ProblemsAsync(visitor.Page, path));
            var shown = await visitor.Page.EvaluateAsync<string>("document.querySelector('main').innerText");
            if (!shown.Contains(text, StringComparison.Ordinal))
                problems.Add($"{path} does not show it: {shown.ReplaceLineEndings(" ")}");
            // What is folded, offered or told on demand is drawn from the same text.
            await visitor.Page.EvaluateAsync("() => { document.querySelectorAll('main details').forEach(d => d.open = true); document.querySelectorAll('.story-event').forEach(e => e.focus()); }");
            await TypeEverywhereAsync(visitor.Page);
            problems.AddRange(await ProblemsAsync(visitor.Page, $"{path} while typing"));
        }

        await visitor.GoToAsync("/services/scripted");
        await Assertions.Expect(visitor.Page).ToHaveTitleAsync(Scripted.Script + " · SloPortal");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        await visitor.Page.GetByRole(AriaRole.Combobox).FillAsync("svg onload");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = Scripted.Script }).First).ToBeVisibleAsync();
        problems.AddRange(await ProblemsAsync(visitor.Page, "the palette"));

        // Whom it was told: notices in the bell, and what waits on the home page.
        var owner = await ComeAsync(portal.Address, scripted.Owner.Session);
        await owner.GoToAsync("/");
        await owner.Page.Locator("details.notices > summary").ClickAsync();
        await Assertions.Expect(owner.Page.Locator(".notices").GetByText(Scripted.Script).First).ToBeVisibleAsync();
        problems.AddRange(await ProblemsAsync(owner.Page, "the notices"));
        Assert.True(problems.Count == 0 && dialogs.Count == 0, string.Join('\n', problems.Concat(dialogs)));
    }

    [Fact]
    public async Task Script_TypedIntoForms_IsSavedAsText()
    {
        using var api = new PortalApi(portal!.Address, RunningPortal.AdminToken);
        await api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        var visitor = await ComeAsync(portal.Address, await new People(portal.Address, api).AdministratorAsync(Ct));
        var page = visitor.Page;

        await visitor.GoToAsync("/services/new");
        await page.Locator("#name").FillAsync(Scripted.Script);
        await page.Locator("#slug").FillAsync("typed");
        await page.Locator("#description").FillAsync(Scripted.Script);
        await page.Locator("#team").SelectOptionAsync("shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create service" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Scripted.Script);
        Assert.Empty(await ProblemsAsync(page, "the service"));

        await visitor.GoToAsync("/incidents/declare?service=typed");
        await page.Locator("#title").FillAsync(Scripted.Script);
        await page.Locator("#summary").FillAsync(Scripted.Script);
        await page.GetByRole(AriaRole.Button, new() { Name = "Declare incident" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(Scripted.Script);
        await page.Locator("#line").FillAsync(Scripted.Script);
        await Assertions.Expect(page.Locator("#line-becomes")).Not.ToBeEmptyAsync();
        await page.Locator("#line").PressAsync("Enter");
        await Assertions.Expect(page.Locator("ol.timeline").GetByText(Scripted.Script, new() { Exact = true }).First).ToBeVisibleAsync();
        Assert.Empty(await ProblemsAsync(page, "the incident"));
    }

    /// <summary>Types into every field that takes a line or more of text. Nothing is sent.</summary>
    private static async Task TypeEverywhereAsync(IPage page)
    {
        foreach (var field in await page.Locator("main :is(textarea, input:not([type]), input[type=text], input[type=search], input[type=url], input[type=email]):visible").AllAsync())
        {
            if (await field.IsEditableAsync())
                await field.FillAsync(Scripted.Script);
        }
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))");
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(IPage page, string where)
    {
        var found = await page.EvaluateAsync<string[]>("""
            () => [
              ...('hacked' in window ? ['a script ran'] : []),
              ...[...document.querySelectorAll('[onload], [onerror], [href^="javascript:" i], main script, main svg[onload]')].map(e => `an element was made: ${e.outerHTML.slice(0, 120)}`),
            ]
            """);
        return [.. found.Select(f => $"{where}: {f}")];
    }
}
