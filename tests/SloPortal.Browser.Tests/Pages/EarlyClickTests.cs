using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Pages;

/// <summary>
/// A page is seen before it lives. Whoever chooses another in between arrives there, however far the circuit has come, and what
/// changes in between is shown.
/// </summary>
[Collection(SeededPortalTests.Name)]
public sealed class EarlyClickTests(SeededPortal portal) : BrowserTest
{
    /// <param name="messages">Of the server that reach the page before the choice: the handshake, the circuit's start, its first parts.</param>
    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public Task Link_PressedBeforeThePageLives_LeadsThere(int messages) =>
        LeadsThereAsync(messages, page => page.GetByRole(AriaRole.Link, new() { Name = "Actions" }).ClickAsync());

    [Fact]
    public Task GoKey_PressedBeforeThePageLives_LeadsThere() => LeadsThereAsync(1, async page =>
    {
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("c");
    });

    [Fact]
    public async Task Change_BeforeThePageLives_IsShownOnceItDoes()
    {
        var title = $"Shown although it began too early {Guid.NewGuid():N}";
        var (page, live) = await ComeToAsync("/incidents", 0);
        using var api = new PortalApi(portal.Address, RunningPortal.AdminToken);

        await api.PostAsync("/incidents", new { title, severity = "sev4", services = Array.Empty<string>() }, Ct);
        live.SetResult();

        await Assertions.Expect(page.GetByText(title)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Field_ChosenAsSoonAsThePageLives_KeepsTheFocus()
    {
        var title = $"Heard after the field was chosen {Guid.NewGuid():N}";
        var later = new TaskCompletionSource();
        var page = (await ComeAsync(portal.Address, await portal.People.AdministratorAsync(Ct))).Page;
        await page.RouteWebSocketAsync("**/_blazor**", socket => Hold(socket, HasDrawn, later.Task));
        await page.GotoAsync("/incidents");
        await Assertions.Expect(page.Locator("main[aria-busy=true]")).ToHaveCountAsync(0);
        await page.Locator("#main [data-filter]").FocusAsync();
        using var api = new PortalApi(portal.Address, RunningPortal.AdminToken);

        // What the server asks for after its first drawing arrives now, and is done once a later drawing stands.
        later.SetResult();
        await api.PostAsync("/incidents", new { title, severity = "sev4", services = Array.Empty<string>() }, Ct);
        await Assertions.Expect(page.GetByText(title)).ToBeVisibleAsync();

        await Assertions.Expect(page.Locator("#main [data-filter]")).ToBeFocusedAsync();

        static bool HasDrawn(int seen, IWebSocketFrame frame) => frame.Binary.AsSpan().IndexOf("data-filter"u8) >= 0;
    }

    [Fact]
    public async Task Form_FilledBeforeThePageLives_KeepsEveryWordAndTheCaret()
    {
        var (page, live) = await ComeToAsync("/incidents/declare?service=checkout", 0);
        await page.Locator("#summary").FillAsync("Customers see 502 in the basket.");
        await page.GetByText("SEV-1").ClickAsync();
        await page.Locator("#title").FillAsync("Checkout is down in Europe");
        for (var i = 0; i < " in Europe".Length; i++)
            await page.Keyboard.PressAsync("ArrowLeft");

        live.SetResult();
        await Assertions.Expect(page.Locator("main[aria-busy=true]")).ToHaveCountAsync(0);

        await Assertions.Expect(page.Locator("#title")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(" again");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Checkout is down again in Europe");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Customers see 502 in the basket.");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("SEV-1");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Checkout", Exact = true }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Text_TypedFasterThanThePageAnswers_StaysWhereItWasTyped()
    {
        var (holds, later) = (false, new TaskCompletionSource());
        var visitor = await ComeAsync(portal.Address, await portal.People.AdministratorAsync(Ct));
        var page = visitor.Page;
        await page.RouteWebSocketAsync("**/_blazor**", socket => Hold(socket, (_, _) => holds, later.Task, including: true));
        await visitor.GoToAsync("/incidents/declare");
        await page.Locator("#title").FillAsync("Checkout is down in Europe");
        await page.Locator("#summary").FillAsync("Customers see 502.");
        await page.Locator("#title").EvaluateAsync("e => { e.focus(); e.setSelectionRange(16, 16); }");

        holds = true;
        await page.Keyboard.TypeAsync(" again");
        later.SetResult();
        // Drawn by the portal after all that was typed.
        await page.GetByLabel("Only named people").CheckAsync();
        await Assertions.Expect(page.GetByLabel("Who may see it besides you")).ToBeVisibleAsync();
        await page.Locator("#title").EvaluateAsync("e => e.focus()");
        await page.Keyboard.TypeAsync("!");

        await Assertions.Expect(page.Locator("#title")).ToHaveValueAsync("Checkout is down again! in Europe");
    }

    [Fact]
    public async Task Filter_TypedBeforeThePageLives_IsFollowedOnceItDoes()
    {
        var (page, live) = await ComeToAsync("/services", 0);
        await page.Locator("#main [data-filter]").PressSequentiallyAsync("acme");

        live.SetResult();

        await page.WaitForURLAsync("**/services?*acme");
        await Assertions.Expect(page.Locator("#main [data-filter]")).ToHaveValueAsync("acme");
        await Assertions.Expect(page.Locator("#main [data-filter]")).ToBeFocusedAsync();
    }

    private async Task LeadsThereAsync(int messages, Func<IPage, Task> choose)
    {
        var (page, live) = await ComeToAsync("/reviews", messages);

        await choose(page);
        await page.WaitForURLAsync("**/actions");
        live.SetResult();

        await Assertions.Expect(page.Locator("main[aria-busy=true]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Actions");
    }

    /// <summary>The page as it is seen before it lives, which it does not until the signal is given.</summary>
    private async Task<(IPage Page, TaskCompletionSource Live)> ComeToAsync(string path, int messages)
    {
        var live = new TaskCompletionSource();
        var page = (await ComeAsync(portal.Address, await portal.People.AdministratorAsync(Ct))).Page;
        await page.RouteWebSocketAsync("**/_blazor**", socket => Hold(socket, (seen, _) => seen == messages, live.Task, including: true));
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        await Assertions.Expect(page.Locator("main[aria-busy=true]")).ToHaveCountAsync(1);
        return (page, live);
    }

    /// <summary>What the server sends after a message waits, in its order; that message too where it is included.</summary>
    private static void Hold(IWebSocketRoute socket, Func<int, IWebSocketFrame, bool> from, Task until, bool including = false)
    {
        var (seen, holds, last) = (0, false, Task.CompletedTask);
        socket.ConnectToServer().OnMessage(frame =>
        {
            var isIt = !holds && from(seen++, frame);
            last = PassAsync(frame, last, holds || (isIt && including) ? until : Task.CompletedTask);
            holds |= isIt;
        });

        async Task PassAsync(IWebSocketFrame frame, Task before, Task signal)
        {
            await before;
            await signal;
            if (frame.Binary is { Length: > 0 } bytes)
                socket.Send(bytes);
            else
                socket.Send(frame.Text!);
        }
    }
}
