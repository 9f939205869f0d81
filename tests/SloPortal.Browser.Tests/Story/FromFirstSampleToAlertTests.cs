using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Browser.Tests.Harness;
using SloPortal.TestSupport;

namespace SloPortal.Browser.Tests.Story;

/// <summary>
/// The whole story with a real peer: an empty portal, the first sample, an SLI on the portal's own requests, an objective that two
/// people sign, errors, and the alert that fires, seen on the pages of one portal and, live, on those of a second one. Whoever is on call
/// hears of it once by mail and once by a signed webhook, although two portals could tell them.
/// </summary>
public sealed partial class FromFirstSampleToAlertTests(PostgresFixture postgres) : BrowserTest, IClassFixture<PostgresFixture>
{
    // An evaluation comes once a minute, of minutes that are over.
    private const float UntilTheAlert = 180_000;

    private const string Secret = "shared with the receiver";

    private readonly List<IAsyncDisposable> running = [];
    private readonly Dictionary<string, string> settings = new() { ["Notifications__AllowPrivateAddresses"] = "true" };

    [Fact]
    public async Task Portal_MeasuringItself_FiresABurnAlertOnASignedObjective()
    {
        Assert.SkipUnless(RealPrometheus.IsFound, "No Prometheus was found on the path. Install it: apt-get install prometheus");
        using var mail = await MailServer.StartAsync();
        await using var webhook = await WebhookReceiver.StartAsync();
        foreach (var (key, value) in mail.Settings)
            settings[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var portal = await StartAsync("story");
        var second = await StartAsync("story-second");
        using var api = new PortalApi(portal.Address, RunningPortal.AdminToken);
        await api.PostAsync("/teams", new { slug = "platform", name = "Platform", description = "" }, Ct);
        await api.PostAsync("/teams/platform/notification-targets", new { channel = "mail", address = "on-call@example.com", minimumSeverity = "page" }, Ct);
        await api.PostAsync("/teams/platform/notification-targets", new { channel = "webhook", address = webhook.Address, minimumSeverity = "page", secret = Secret }, Ct);
        var people = new People(portal.Address, api);

        await ConnectAsync(portal, await people.AdministratorAsync(Ct));
        await api.PostAsync("/services", new { slug = "portal", name = "The portal", description = "", tier = "critical", ownerTeam = "platform", links = Array.Empty<object>() }, Ct);
        var olga = await people.InviteAsync("Olga Owner", ["serviceOwner"], ["platform"], Ct);
        var sami = await people.InviteAsync("Sami Stakeholder", ["viewer"], [], Ct);

        await using var errors = new FailingRequests(portal.Address);
        var owner = await ComeAsync(portal.Address, olga.Session);
        await DefineSliAsync(owner);
        var proposal = await ProposeAsync(owner);
        await SignAsync(owner, proposal, "We can keep this.");
        var stakeholder = await ComeAsync(portal.Address, sami.Session);
        await stakeholder.GoToAsync("/");
        await Assertions.Expect(stakeholder.Page.GetByText("Waiting for your signature")).ToBeVisibleAsync();
        await SignAsync(stakeholder, proposal, "It is what we need.");
        await Assertions.Expect(owner.Page.GetByText("Agreed, v1")).ToBeVisibleAsync();

        // Both pages are open before the alert fires and are not loaded again: one on each portal.
        await owner.GoToAsync("/objectives/portal/requests-answered");
        var elsewhere = await ComeAsync(second.Address, sami.Session);
        await elsewhere.GoToAsync("/");
        await Assertions.Expect(owner.Page.GetByText(Fires())).ToBeVisibleAsync(new() { Timeout = UntilTheAlert });
        await Assertions.Expect(elsewhere.Page.GetByRole(AriaRole.Heading, new() { Name = "Firing now" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(elsewhere.Page.GetByRole(AriaRole.Link, new() { Name = "Requests answered" }).First).ToBeVisibleAsync();

        await Eventually.HoldsAsync("the mail and the webhook", TimeSpan.FromMinutes(2), _ => Task.FromResult(mail.Mails.Any(IsAlert) && webhook.Taken.Count > 0), Ct);
        var sent = Assert.Single(mail.Mails, IsAlert);
        Assert.Equal("on-call@example.com", Assert.Single(sent.To.Mailboxes).Address);
        Assert.Contains("Requests answered", sent.TextBody, StringComparison.Ordinal);
        var (body, headers) = Assert.Single(webhook.Taken);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)), headers["SloPortal-Signature"].ToString());
        using var document = JsonDocument.Parse(body);
        Assert.Equal("alert.fired", document.RootElement.GetProperty("event").GetString());
    }

    protected override async ValueTask LeaveAsync()
    {
        foreach (var one in Enumerable.Reverse(running))
            await one.DisposeAsync();
    }

    private async Task<RunningPortal> StartAsync(string name)
    {
        var portal = await RunningPortal.StartAsync(name, postgres.ConnectionString, withAdministrator: true, Ct, settings);
        running.Add(portal);
        return portal;
    }

    /// <summary>Makes the token, hands the lines of the page to Prometheus, and sees the light turn green.</summary>
    private async Task ConnectAsync(RunningPortal portal, string session)
    {
        var visitor = await ComeAsync(portal.Address, session);
        await visitor.GoToAsync("/");
        var page = visitor.Page;
        await Assertions.Expect(page.GetByText("Waiting for the first sample")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Token made.")).ToBeVisibleAsync();
        var lines = await page.Locator("#prometheus-configuration").InnerTextAsync();
        running.Add(await RealPrometheus.StartAsync(portal.Address, lines, Ct));
        await Assertions.Expect(page.GetByText("Samples arrive from")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    private static async Task DefineSliAsync(Visitor owner)
    {
        await owner.GoToAsync("/services/portal/slis/new");
        var page = owner.Page;
        await page.Locator("#metric").FillAsync("http_server_request_duration_seconds_count");
        await page.Locator("#part-label-0").FillAsync("http_response_status_code");
        await page.Locator("#part-op-0").SelectOptionAsync(new SelectOptionValue { Label = "=~" });
        await page.Locator("#part-value-0").FillAsync("4..|5..");
        await page.Locator("#name").FillAsync("Requests without an error");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save SLI" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Requests without an error");
    }

    private static async Task<string> ProposeAsync(Visitor owner)
    {
        await owner.GoToAsync("/services/portal/objectives/new");
        var page = owner.Page;
        await page.Locator("#name").FillAsync("Requests answered");
        await page.Locator("#target").FillAsync("99");
        await page.Locator("#owner").SelectOptionAsync(new SelectOptionValue { Label = "Olga Owner" });
        await page.Locator("#stakeholder").SelectOptionAsync(new SelectOptionValue { Label = "Sami Stakeholder" });
        await page.Locator("#why").FillAsync("People wait for it.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose 99 %" }).ClickAsync();
        await page.WaitForURLAsync("**/proposals/*");
        return new Uri(page.Url).AbsolutePath;
    }

    private static async Task SignAsync(Visitor party, string proposal, string reason)
    {
        await party.GoToAsync(proposal);
        await party.Page.GetByRole(AriaRole.Button, new() { Name = "Sign 99 %" }).ClickAsync();
        await party.Page.Locator("#reason").FillAsync(reason);
        await party.Page.GetByLabel("Your password, once more").FillAsync(RunningPortal.Password);
        await party.Page.GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Assertions.Expect(party.Page.GetByText(reason)).ToBeVisibleAsync();
    }

    /// <summary>The sentence on how the objective stands, not the one below the table that explains when an alert fires.</summary>
    [GeneratedRegex(@"The .+ alert fires\.|\d burn alerts fire\.")]
    private static partial Regex Fires();

    /// <summary>Invitations went out through the same server.</summary>
    private static bool IsAlert(MimeKit.MimeMessage mail) => mail.Subject?.StartsWith("Page:", StringComparison.Ordinal) == true;
}
