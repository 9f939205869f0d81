using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Pages;

[Collection(SeededPortalTests.Name)]
public sealed class KeyboardTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Palette_CtrlKAndArrows_OpensThePage()
    {
        var page = await AtAsync("/");
        await page.Keyboard.PressAsync("Control+k");
        var palette = page.GetByRole(AriaRole.Dialog, new() { Name = "Search and commands" });
        await Assertions.Expect(palette.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();

        var options = palette.GetByRole(AriaRole.Option);
        await Assertions.Expect(options.Nth(1)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(options.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(options.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");

        await page.Keyboard.TypeAsync("chec");
        await Assertions.Expect(options.First).ToContainTextAsync("Checkout");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync($"{portal.Address}/services/checkout");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Checkout");
    }

    [Fact]
    public async Task Palette_Escape_GivesTheFocusBack()
    {
        var page = await AtAsync("/services");
        var opener = page.GetByRole(AriaRole.Button, new() { Name = "Search" });
        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#palette")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#palette")).ToBeHiddenAsync();
        await Assertions.Expect(opener).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Keys_QuestionMark_ListsThemAndGoKeysGo()
    {
        var page = await AtAsync("/");
        await page.Keyboard.PressAsync("?");
        var keys = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" });
        await Assertions.Expect(keys.GetByText("Go to Services")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(keys).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("s");
        await Assertions.Expect(page).ToHaveURLAsync($"{portal.Address}/services");
    }

    [Fact]
    public async Task Keys_WhileTyping_AreText()
    {
        var page = await AtAsync("/services");
        var filter = page.GetByRole(AriaRole.Searchbox);
        await page.Keyboard.PressAsync("f");
        await Assertions.Expect(filter).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("gs?/");
        await Assertions.Expect(filter).ToHaveValueAsync("gs?/");
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task FirstTab_AnyPage_SkipsToTheContent()
    {
        var page = await AtAsync("/services");
        await StartOverAsync(page);
        await page.Keyboard.PressAsync("Tab");
        var skip = page.Locator(":focus");
        await Assertions.Expect(skip).ToHaveTextAsync("Skip to the content");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("#main :focus")).ToHaveTextAsync("Create a service");
    }

    [Fact]
    public async Task Tab_ThroughAPage_ShowsTheFocusEveryTime()
    {
        var page = await AtAsync("/services");
        await StartOverAsync(page);
        for (var i = 0; i < 25; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            // The skip link moves into view.
            await page.EvaluateAsync("() => Promise.all(document.getAnimations().map(a => a.finished))");
            var unseen = await page.EvaluateAsync<string?>("""
                () => {
                  const e = document.activeElement;
                  if (!e || e === document.body) return null;
                  const style = getComputedStyle(e);
                  const box = e.getBoundingClientRect();
                  const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
                  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
                  return marked && seen ? null : `${e.outerHTML.slice(0, 120)}: outline ${style.outline}, box ${box.top} ${box.bottom}`;
                }
                """);
            Assert.True(unseen is null, unseen);
        }
    }

    /// <summary>A fresh page has its focus on the heading, for screen readers; this puts the start back to the top of the document.</summary>
    private static async Task StartOverAsync(IPage page) =>
        await page.EvaluateAsync("() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }");

    private async Task<IPage> AtAsync(string path)
    {
        var visitor = await ComeAsync(portal.Address, await portal.People.AdministratorAsync(Ct));
        await visitor.GoToAsync(path);
        return visitor.Page;
    }
}
