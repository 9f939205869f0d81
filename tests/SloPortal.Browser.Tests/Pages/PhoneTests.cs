using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Npgsql;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Pages;

/// <summary>What people do on a phone, and a list that is long: each in a portal of its own.</summary>
public sealed class PhoneTests() : OwnPortalTest("phone")
{
    private Visitor visitor = null!;

    private IPage Page => visitor.Page;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        await Api.PostAsync("/services", new { slug = "checkout", name = "Checkout", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() }, Ct);
        visitor = await ComeAsync(Portal.Address, await new People(Portal.Address, Api).AdministratorAsync(Ct));
        await Page.SetViewportSizeAsync(390, 844);
    }

    [Fact]
    public async Task Objective_RenamedAndEndedOnAPhone_SaysSoAndFits()
    {
        var people = new People(Portal.Address, Api);
        var owner = await people.InviteAsync("Olga Owner", ["serviceOwner"], ["shop"], Ct);
        var stakeholder = await people.InviteAsync("Sami Stakeholder", ["viewer"], [], Ct);
        await Api.PostAsync("/slis", new { service = "checkout", slug = "orders", name = "Orders", description = "", sourceId = (int?)null, definition = new { kind = "pushed" } }, Ct);
        var end = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3600 * 3600);
        await Api.PostAsync("/push", new { key = "orders", service = "checkout", sli = "orders", intervals = new[] { new { start = end.AddHours(-1), end, good = 999, total = 1000 } } }, Ct);
        var terms = new { sli = "orders", targetPercent = 99.9, window = "rolling 30d", ownerId = owner.Id, stakeholderId = stakeholder.Id, rationale = "Promised." };
        var proposal = (await Api.PostAsync("/objectives", new { service = "checkout", slug = "orders", name = "Orders placed", description = "", terms }, Ct)).GetGuid();
        foreach (var party in (Somebody[])[owner, stakeholder])
            await people.SignAsync(party, proposal, Ct);
        await visitor.GoToAsync("/objectives/checkout/orders");

        await OpenMoreAsync("Rename");
        await Page.Locator("#objective-name").FillAsync("Orders are placed");
        await FitsAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Orders are placed");

        await OpenMoreAsync("End this objective");
        var ending = Page.Locator("form").GetByRole(AriaRole.Button, new() { Name = "End this objective" });
        await Assertions.Expect(ending).ToBeDisabledAsync();
        await Page.Locator("#end-name").FillAsync("Orders are placed");
        await Page.Locator("#end-reason").FillAsync("Nobody orders any more.");
        await FitsAsync();
        await ending.ClickAsync();
        await Assertions.Expect(Page.GetByText("Archived", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByText("More", new() { Exact = true })).ToHaveCountAsync(0);
        await visitor.GoToAsync("/audit?action=objective");
        await Assertions.Expect(Page.GetByText("objective.archived")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task NotificationTarget_AddedOnAPhone_IsListed()
    {
        await visitor.GoToAsync("/settings/teams/shop");
        await Page.Locator("#target-channel").SelectOptionAsync("Webhook");
        await Page.Locator("#target-address").FillAsync("ftp://example.org");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add the target" }).ClickAsync();
        await Assertions.Expect(Page.Locator("#target-address-error")).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator("#target-address")).ToHaveValueAsync("ftp://example.org");
        await Page.Locator("#target-address").FillAsync("https://example.org/hooks/shop");
        await FitsAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add the target" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("The target is added.")).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator("dl.facts").GetByText("https://example.org/hooks/shop")).ToBeVisibleAsync();
        await FitsAsync();
    }

    [Fact]
    public async Task AuditFilters_OnAPhone_AreFoldedAndSayHowManyNarrow()
    {
        await visitor.GoToAsync("/audit?action=team");
        var fold = Page.GetByRole(AriaRole.Button, new() { Name = "Filters (1)" });
        await Assertions.Expect(Page.GetByLabel("Who")).ToBeHiddenAsync();
        await fold.ClickAsync();
        await Assertions.Expect(fold).ToHaveAttributeAsync("aria-expanded", "true");
        await Page.GetByLabel("Who").FillAsync("nobody of this name");
        await Assertions.Expect(Page.GetByText("No entry found")).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Filters (2)" })).ToBeVisibleAsync();
        await FitsAsync();
    }

    [Fact]
    public async Task Objectives_AThousand_ArePagedAndFilteredByKeyboard()
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using var fill = database.CreateCommand(
            """
            INSERT INTO objectives (id, service_id, slug, name, description, alert_policy_id, created_at)
                SELECT md5('o' || i)::uuid, s.id, 'o-' || i, 'Objective ' || to_char(i, 'FM0000'), '', '0192f000-0000-7000-8000-000000000001', now()
                FROM generate_series(1, 1000) i, services s WHERE s.slug = 'checkout'
            """);
        await fill.ExecuteNonQueryAsync(Ct);
        foreach (var width in (int[])[1440, 390])
        {
            await Page.SetViewportSizeAsync(width, 844);
            await visitor.GoToAsync("/objectives?sort=Name");
            var rows = Page.Locator("tbody tr");
            var where = Page.Locator(".pager [role=status]");
            await Assertions.Expect(where).ToHaveTextAsync(new Regex("^1–50 of 1,0"));
            await Assertions.Expect(rows).ToHaveCountAsync(50);
            await FitsAsync();

            await Page.Locator(".pager a[rel=next]").FocusAsync();
            await Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(where).ToHaveTextAsync(new Regex("^51–100 of 1,0"));
            await Assertions.Expect(Page).ToHaveURLAsync(new Regex("page=2"));

            await Page.Keyboard.PressAsync("f");
            await Page.Keyboard.TypeAsync("objective 07");
            // The filter begins at the first page again.
            await Assertions.Expect(where).ToHaveTextAsync("1–50 of 100 objectives");
            await Assertions.Expect(Page).ToHaveURLAsync(new Regex(@"\?sort=Name&filter=objective%2007$"));
            await Page.Keyboard.TypeAsync("42");
            await Assertions.Expect(rows).ToHaveCountAsync(1);
            await Assertions.Expect(rows.First).ToContainTextAsync("Objective 0742");
            await Assertions.Expect(Page.GetByLabel("Filter the objectives")).ToBeFocusedAsync();
        }
    }

    private async Task OpenMoreAsync(string button)
    {
        await Page.Locator("details.menu > summary", new() { HasText = "More" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }

    private async Task FitsAsync() =>
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The page scrolls sideways.");
}
