using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.TestSupport;

namespace SloPortal.Browser.Tests.Demo;

/// <summary>The demo, with two days of history instead of ninety.</summary>
public sealed class DemoTests(PostgresFixture postgres) : BrowserTest, IClassFixture<PostgresFixture>
{
    private static readonly Dictionary<string, string> TwoDays = new() { ["Demo__Days"] = "2" };

    private RunningPortal? portal;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        portal = await RunningPortal.StartAsync("demo", postgres.ConnectionString, withAdministrator: false, Ct, TwoDays, ["--demo"]);
    }

    protected override async ValueTask LeaveAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
    }

    [Fact]
    public async Task Demo_OneClickForEachPerson_LeadsToTheirHome()
    {
        var visitor = await ComeAsync(portal!.Address);
        var page = visitor.Page;
        await visitor.GoToAsync("/sign-in");
        var people = page.Locator("button[name=person]");
        var count = await people.CountAsync();
        Assert.True(count >= 5, $"There is one person for each role, and {count} can sign in.");
        for (var i = 0; i < count; i++)
        {
            await visitor.GoToAsync("/sign-in");
            await visitor.LoadsAfterAsync(() => people.Nth(i).ClickAsync(), $"{portal.Address}/");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Home" })).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText("Demo data").First).ToBeVisibleAsync();
            await page.GetByLabel("your menu").ClickAsync();
            await visitor.LoadsAfterAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync(), $"{portal.Address}/sign-in");
        }
    }

    [Fact]
    public async Task Demo_TheWalkOfTheReadme_ClaraSignsAndRuthVerifies()
    {
        var priya = await EnterAsync("priya");
        // Once it is there the story is being told; on a slow machine the page would come before its figures.
        await Eventually.HoldsAsync("the objective", TimeSpan.FromMinutes(2), async _ => (await priya.Context.APIRequest.GetAsync($"{portal!.Address}/api/v1/objectives/search/search-is-fast")).Ok, Ct);
        await Assertions.Expect(priya.Page.GetByText(new Regex(@"Demo data: \d+ %"))).ToHaveCountAsync(0, new() { Timeout = 300_000 });
        await priya.GoToAsync("/objectives/search/search-is-fast");
        await Assertions.Expect(priya.Page.Locator(".story-plot")).ToBeVisibleAsync();

        var clara = await EnterAsync("clara");
        var page = clara.Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Waiting for your signature" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign-ins are answered" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign 99.9 %" }).ClickAsync();
        await page.Locator("#reason").FillAsync("People must get in.");
        var password = Regex.Match(await page.GetByText("Of everybody in this demo it is ").InnerTextAsync(), @"\S+$").Value;
        await page.GetByLabel("Your password, once more").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Agreed, v")).ToBeVisibleAsync();

        var ruth = await EnterAsync("ruth");
        await ruth.GoToAsync("/audit?action=proposal.signed");
        await Assertions.Expect(ruth.Page.Locator("tbody tr").First).ToContainTextAsync("Clara");
        await ruth.Page.GetByRole(AriaRole.Button, new() { Name = "Verify the chain" }).ClickAsync();
        await Assertions.Expect(ruth.Page.GetByText("Chain intact", new() { Exact = true })).ToBeVisibleAsync();
    }

    private async Task<Visitor> EnterAsync(string person)
    {
        var visitor = await ComeAsync(portal!.Address);
        await visitor.GoToAsync("/sign-in");
        await visitor.LoadsAfterAsync(() => visitor.Page.Locator($"button[name=person][value={person}]").ClickAsync(), $"{portal.Address}/");
        return visitor;
    }
}
