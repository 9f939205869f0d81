using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.TestSupport;

namespace SloPortal.Browser.Tests.Personas;

/// <summary>
/// The way of an incident commander from a burn alert to an archive: she confirms what the alert proposes, writes the timeline by keyboard,
/// drafts the postmortem, somebody else approves it, it is found, and its export is verified elsewhere.
/// </summary>
public sealed partial class CommanderTests(PostgresFixture postgres) : BrowserTest, IClassFixture<PostgresFixture>
{
    // An evaluation comes once a minute, of minutes that are over.
    private const float UntilTheProposal = 180_000;

    private RunningPortal? portal;

    [Fact]
    public async Task Commander_FromBurnAlertToVerifiedArchive_EveryStepHoldsAndAFlippedByteIsNamed()
    {
        portal = await RunningPortal.StartAsync("commander", postgres.ConnectionString, withAdministrator: true, Ct);
        using var api = new PortalApi(portal.Address, RunningPortal.AdminToken);
        var shop = await BurningShop.OpenAsync(api, new People(portal.Address, api), Ct);

        var commander = await ComeAsync(portal.Address, shop.Commander.Session);
        await ConfirmAsync(commander);
        await WriteAsync(commander);
        await DraftAsync(commander);
        await AddActionAsync(commander);
        await ReviewAsync(commander, await ComeAsync(portal.Address, shop.Owner.Session));
        await FindAsync(await ComeAsync(portal.Address, shop.Reader.Session));
        await ExportAndVerifyAsync(commander);
    }

    protected override async ValueTask LeaveAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
    }

    private static async Task ConfirmAsync(Visitor commander)
    {
        var page = commander.Page;
        await commander.GoToAsync("/incidents");
        await Assertions.Expect(page.GetByText("One burn alert may be an incident")).ToBeVisibleAsync(new() { Timeout = UntilTheProposal });
        await PressAsync(commander, "Confirm incident");
        await page.GetByRole(AriaRole.Radio, new() { Name = "SEV-1" }).CheckAsync();
        await page.GetByLabel("Scribe").SelectOptionAsync(new SelectOptionValue { Label = "Olga Owner" });
        await PressAsync(commander, "Confirm as SEV-1");
        await page.WaitForURLAsync("**/incidents/1");
        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("SEV-1");
        await Assertions.Expect(Fact(page, "Commander")).ToHaveTextAsync("Cora Commander");
        await Assertions.Expect(Fact(page, "Scribe")).ToHaveTextAsync("Olga Owner");
        // The alert entered the timeline by itself.
        await Assertions.Expect(page.Locator(".timeline > li[data-kind=Alert]").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    /// <summary>Twenty lines without a click; the portal knows the service only since just now, so that what lies before is asked about.</summary>
    private static async Task WriteAsync(Visitor commander)
    {
        // Alerts come and go meanwhile, and the portal looks up again what each of their services has.
        var (page, entries) = (commander.Page, commander.Page.Locator(".timeline > li:not([data-kind=Alert], [data-kind=Triage])"));
        await Assertions.Expect(page.Locator("#line")).ToBeFocusedAsync();
        string[] lines =
        [
            "/status acknowledged", "the pool of the west is dry", "-5m deploy of 7.43 began", "/role operations @Olga Owner", "/impact users 1200",
            .. Enumerable.Range(1, 10).Select(i => $"look {i}: fewer orders fail"),
            "/decision roll back to 7.42, since nothing else changed today", "/severity 2 fewer users than feared", "/status mitigated rolled back to 7.42", "no order failed for a while", "/status resolved the pool of 7.44 is larger",
        ];
        Assert.Equal(20, lines.Length);
        foreach (var line in lines)
        {
            await page.Keyboard.TypeAsync(line);
            await page.Keyboard.PressAsync("Enter");
            if (!line.StartsWith('-'))
                continue;
            await Assertions.Expect(page.Locator(".outbox")).ToContainTextAsync("This is before the service existed here");
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Tab");
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add it so" })).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("#line")).ToBeFocusedAsync();
        }

        // With that it was declared, that its war room was opened, and who has the two roles.
        await Assertions.Expect(entries).ToHaveCountAsync(24);
        await Assertions.Expect(page.Locator(".outbox > li")).ToHaveCountAsync(0);
        await Assertions.Expect(entries.Filter(new() { HasText = "deploy of 7.43 began" })).ToContainTextAsync("entered 5 min");
        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("Resolved");
        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("SEV-2");
        await Assertions.Expect(Fact(page, "Operations lead")).ToHaveTextAsync("Olga Owner");
        await Assertions.Expect(Fact(page, "Users affected")).ToHaveTextAsync("1,200");
    }

    private static async Task DraftAsync(Visitor commander)
    {
        var page = commander.Page;
        await page.GetByText("More", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Postmortem" }).ClickAsync();
        await PressAsync(commander, "Begin the postmortem");
        await page.WaitForURLAsync("**/reviews/1/edit");
        await Assertions.Expect(page.Locator(".editor[data-ready]")).ToHaveCountAsync(1);
        var draft = await page.Locator("#body").InputValueAsync();
        Assert.Contains("the pool of the west is dry", draft, StringComparison.Ordinal);
        Assert.Contains("1,200", draft, StringComparison.Ordinal);

        await page.Locator("#summary").FillAsync("A pool of connections ran dry after a release.");
        await page.Locator("#body").FillAsync(draft + "\nThe **quokka** of connections was smaller than anybody knew.\n");
        await Assertions.Expect(page.GetByText("Not saved yet")).ToBeVisibleAsync();
        await PressAsync(commander, "Save");
        await Assertions.Expect(page.GetByText("Saved as revision 2")).ToBeVisibleAsync();
    }

    private static async Task AddActionAsync(Visitor commander)
    {
        var page = commander.Page;
        await commander.GoToAsync("/reviews/1");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add an action" }).ClickAsync();
        await page.GetByLabel("What is to be done").FillAsync("Alert on a pool that runs dry");
        await page.GetByLabel("Due").FillAsync(TimeProvider.System.GetUtcNow().AddDays(14).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await PressAsync(commander, "Add action");
        await page.WaitForURLAsync("**/actions/1");

        // It stands on the pages of the incident and of the postmortem.
        await commander.GoToAsync("/incidents/1");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Alert on a pool that runs dry" })).ToBeVisibleAsync();
        await commander.GoToAsync("/reviews/1");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Alert on a pool that runs dry" })).ToBeVisibleAsync();
    }

    private static async Task ReviewAsync(Visitor commander, Visitor owner)
    {
        await PressAsync(commander, "Submit for review");
        await Assertions.Expect(commander.Page.GetByText("It waits for somebody who did not write it.")).ToBeVisibleAsync();
        await Assertions.Expect(commander.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);

        await owner.GoToAsync("/reviews/1");
        await PressAsync(owner, "Approve");
        await PressAsync(owner, "Approve this revision");
        // The commander's page learns of it by itself.
        await PressAsync(commander, "Publish");
        await Assertions.Expect(owner.Page.GetByText("It stands in the archive.")).ToBeVisibleAsync();
    }

    private static async Task FindAsync(Visitor reader)
    {
        var page = reader.Page;
        await reader.GoToAsync("/reviews");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the published postmortems" }).FillAsync("quokka connections");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(Searched());
        await Assertions.Expect(page.Locator(".hits mark", new() { HasText = "quokka" })).Not.ToHaveCountAsync(0);
        await page.Locator(".hits a.row-link").ClickAsync();
        await page.WaitForURLAsync("**/reviews/1");
        await Assertions.Expect(page.GetByText("It stands in the archive.")).ToBeVisibleAsync();
    }

    private static async Task ExportAndVerifyAsync(Visitor commander)
    {
        await commander.GoToAsync("/reviews?q=quokka");
        await commander.Page.GetByRole(AriaRole.Link, new() { Name = "Export these" }).ClickAsync();
        await commander.Page.WaitForURLAsync("**/exports?q=quokka");
        using var desk = await commander.ExportAsync("Export this selection");
        const string Altered = "postmortems/PM-1/PM-1.md";
        Assert.Contains("quokka", await File.ReadAllTextAsync(Path.Combine(desk.Unpacked, Altered), Ct), StringComparison.Ordinal);

        var printed = await desk.FollowReadMeAsync(Ct);
        Assert.Contains("Verified OK", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("FAILED", printed, StringComparison.Ordinal);
        Assert.DoesNotMatch(AddedOrRemoved(), printed);
        var whole = await desk.VerifyAsync(Ct);
        Assert.Contains("The archive is whole, and sealed with the key that was given.", whole.Printed, StringComparison.Ordinal);
        Assert.Equal(0, whole.Code);

        await desk.FlipAsync(Altered, Ct);

        Assert.Contains($"{Altered}: FAILED", await desk.FollowReadMeAsync(Ct), StringComparison.Ordinal);
        var broken = await desk.VerifyAsync(Ct);
        Assert.Contains($"{Altered} ", broken.Printed, StringComparison.Ordinal);
        Assert.Contains("The archive does not hold: 1 finding.", broken.Printed, StringComparison.Ordinal);
        Assert.Equal(1, broken.Code);
    }

    private static ILocator Fact(IPage page, string name) => page.Locator(".facts > div", new() { Has = page.GetByText(name, new() { Exact = true }) }).Locator("dd");

    private static Task PressAsync(Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    [GeneratedRegex(@"\?q=quokka(\+|%20)connections")]
    private static partial Regex Searched();

    [GeneratedRegex("^[<>] ", RegexOptions.Multiline)]
    private static partial Regex AddedOrRemoved();
}
