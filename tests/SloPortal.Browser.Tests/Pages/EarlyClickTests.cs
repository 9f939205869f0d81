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
        await page.RouteWebSocketAsync("**/_blazor**", socket => HoldFrom(socket, messages, live.Task));
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        await Assertions.Expect(page.Locator("main[aria-busy=true]")).ToHaveCountAsync(1);
        return (page, live);
    }

    /// <summary>What the server sends after so many messages waits, in its order.</summary>
    private static void HoldFrom(IWebSocketRoute socket, int messages, Task until)
    {
        var (seen, last) = (0, Task.CompletedTask);
        socket.ConnectToServer().OnMessage(frame => last = PassAsync(frame, last, seen++ < messages ? Task.CompletedTask : until));

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
