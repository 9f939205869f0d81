using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>What people paste, attach and write that they should not, or that somebody means ill with: refused with the reason, or made harmless.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class BadInputTests(SeededPortal portal) : BrowserTest
{
    private const string Hostile = "<script>window.ran = 1</script><img src=x onerror=\"window.ran = 2\"> [press](javascript:window.ran=3) ![seen](https://tracker.invalid/pixel.gif) <style>main { display: none }</style>";

    [Fact]
    public async Task Words_WithScript_AreShownAsWordsAndLoadNothing()
    {
        var incident = await DeclareAsync(Hostile);
        await portal.Api.PostAsync($"/incidents/{incident}/timeline", new { body = Hostile }, Ct);
        var review = (await portal.Api.PostAsync($"/incidents/{incident}/postmortem", new { }, Ct)).GetInt32();
        await portal.Api.PutAsync($"/postmortems/{review}", new { baseRevision = 1, title = Hostile, summary = Hostile, body = Hostile }, Ct);
        await portal.Api.PostAsync($"/postmortems/{review}/comments", new { body = Hostile, quote = Hostile }, Ct);
        var visitor = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = visitor.Page;
        var elsewhere = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(portal.Address, StringComparison.Ordinal))
                elsewhere.Add(request.Url);
        };

        // A violation of the content-security policy would be a complaint of the browser: it is not even tried.
        foreach (var path in new[] { $"/incidents/{incident}", "/incidents", $"/reviews/{review}", $"/reviews/{review}/edit", $"/reviews/{review}/revisions", "/reviews?view=drafts" })
        {
            await visitor.GoToAsync(path);
            await Assertions.Expect(page.Locator("h1:visible")).ToHaveCountAsync(1);
            foreach (var link in await page.Locator("a", new() { HasText = "press" }).AllAsync())
                Assert.DoesNotContain("javascript:", await link.GetAttributeAsync("href") ?? "", StringComparison.OrdinalIgnoreCase);
            Assert.True(await page.EvaluateAsync<bool>("() => window.ran === undefined"), path);
        }
        Assert.Empty(elsewhere);
    }

    [Fact]
    public async Task File_OfARefusedTypeOrWithPathParts_IsRefusedWithTheReasonOrKeepsOnlyItsName()
    {
        var visitor = await OpenAsync(await DeclareAsync("Files"));
        var (page, files) = (visitor.Page, visitor.Page.Locator("input[data-attach]"));
        visitor.Expects("status of 400");

        await files.SetInputFilesAsync(new FilePayload { Name = "tool.exe", MimeType = "application/octet-stream", Buffer = "MZ"u8.ToArray() });
        await Assertions.Expect(page.Locator(".attach-problem")).ToContainTextAsync("tool.exe: Files of the type exe are not taken.");
        await files.SetInputFilesAsync(new FilePayload { Name = "graph.png", MimeType = "image/png", Buffer = "<script>"u8.ToArray() });
        await Assertions.Expect(page.Locator(".attach-problem")).ToContainTextAsync("graph.png: The name says a PNG image, but what is in the file is not.");
        await files.SetInputFilesAsync(new FilePayload { Name = "..\\..\\etc\\pool.log", MimeType = "text/plain", Buffer = "dry"u8.ToArray() });
        await Assertions.Expect(page.Locator("#attachments-title").Locator("../..").GetByRole(AriaRole.Link)).ToHaveTextAsync("pool.log");
        await Assertions.Expect(page.Locator(".attach-problem")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Paste_TenMegabytes_SaysWhyAndLeavesWhatWasTyped()
    {
        var visitor = await OpenAsync(await DeclareAsync("Pasted"));
        var page = visitor.Page;
        await visitor.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.EvaluateAsync("() => navigator.clipboard.writeText('x'.repeat(10_000_000))");
        var line = page.Locator("#line");
        await line.FillAsync("typed before");

        await page.Keyboard.PressAsync("Control+v");
        await Assertions.Expect(page.Locator("#line-becomes")).ToContainTextAsync("An entry has at most 4,000 characters; what you pasted has 10,000,000.");
        await Assertions.Expect(line).ToHaveValueAsync("typed before");

        await page.GetByText("More", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Paste a chat" }).ClickAsync();
        await page.Locator("#chat-text").FocusAsync();
        await page.Keyboard.PressAsync("Control+v");
        await page.GetByRole(AriaRole.Button, new() { Name = "Read", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("which is more than a chat")).ToBeVisibleAsync();

        // The page lives on.
        await line.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("typed before");
    }

    private async Task<int> DeclareAsync(string title) =>
        (await portal.Api.PostAsync("/incidents", new { title, severity = "sev3", services = Array.Empty<string>() }, Ct)).GetInt32();

    private async Task<Visitor> OpenAsync(int incident)
    {
        var visitor = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        await visitor.GoToAsync($"/incidents/{incident}");
        return visitor;
    }
}
