using Microsoft.Playwright;
using Npgsql;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>A slow burn that no page tells is found, taken, prolonged and made an incident, on a desktop and on a phone.</summary>
public sealed class WatchTests() : OwnPortalTest("watch")
{
    // Looks are taken when a portal starts and then four times a day.
    private RunningPortal? later;

    [Fact]
    public async Task SlowBurn_FoundTakenProlongedAndPromoted_StandsWithItsHistoryInTheIncident()
    {
        await SeedAsync();
        later = await RunningPortal.StartAsync("watch-later", ConnectionString, withAdministrator: true, Ct);
        var visitor = await ComeAsync(later.Address);
        await visitor.SignInAsync(RunningPortal.AdminEmail);
        var page = visitor.Page;
        await page.SetViewportSizeAsync(1440, 900);
        await visitor.GoToAsync("/incidents");
        await page.GetByRole(AriaRole.Link, new() { Name = "Watch list" }).ClickAsync();

        var row = page.Locator("tbody tr");
        await Assertions.Expect(row).ToContainTextAsync("96 bad events in 24 h, where about 8 are usual: the budget burns 2.4 times as fast as it lasts, and no page fired.", new() { Timeout = 60_000 });
        await Assertions.Expect(row).ToContainTextAsync("Chance alone finds this about once a year in each objective.");
        await Assertions.Expect(page.GetByText("One thing is watched, and nobody owns it.")).ToBeVisibleAsync();
        await Pictures.LookAsync(page, "watch-found");
        await row.GetByRole(AriaRole.Button, new() { Name = "Take it: Checkout: Orders placed" }).ClickAsync();
        await Assertions.Expect(page.GetByText("One thing is watched; it calls nobody.")).ToBeVisibleAsync();

        await page.SetViewportSizeAsync(390, 844);
        await FitsAsync(page);
        await row.GetByRole(AriaRole.Link, new() { Name = "Checkout: Orders placed" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Prolong" }).ClickAsync();
        await page.GetByLabel("For, from now").SelectOptionAsync("14");
        await page.GetByLabel("What is waited for").FillAsync("The vendor looks into it.");
        await FitsAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Prolong it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "What happened" })).ToContainTextAsync("The vendor looks into it.");
        await Pictures.LookAsync(page, "watched-phone");

        await page.SetViewportSizeAsync(1440, 900);
        await Pictures.LookAsync(page, "watched");
        await page.GetByRole(AriaRole.Button, new() { Name = "Promote to an incident" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "SEV-4" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Declare as SEV-4" }).ClickAsync();
        await page.WaitForURLAsync("**/incidents/1");
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("On the watch list, added: 96 bad events in 24 h");
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("The vendor looks into it.");
        await Pictures.LookAsync(page, "watch-promoted");
        await visitor.GoToAsync("/incidents/watch");
        await Assertions.Expect(page.GetByText("Nothing is watched that no page tells.")).ToBeVisibleAsync();
    }

    protected override async ValueTask LeaveAsync()
    {
        if (later is not null)
            await later.DisposeAsync();
        await base.LeaveAsync();
    }

    private static async Task FitsAsync(IPage page) =>
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));

    /// <summary>An objective whose last day burns 2.4 times as fast as its budget lasts, after four weeks with a twelfth of that; no look has been taken.</summary>
    private async Task SeedAsync()
    {
        await Api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        var people = new People(Portal.Address, Api);
        var owner = await people.InviteAsync("Olga Owner", ["serviceOwner"], ["shop"], Ct);
        var reader = await people.InviteAsync("Sami Stakeholder", ["viewer"], [], Ct);
        await Api.PostAsync("/services", new { slug = "checkout", name = "Checkout", description = "", tier = "critical", ownerTeam = "shop", links = Array.Empty<object>() }, Ct);
        var sli = (await Api.PostAsync("/slis", new { service = "checkout", slug = "orders", name = "Orders", description = "", sourceId = (int?)null, definition = new { kind = "pushed" } }, Ct)).GetInt32();
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using (var count = database.CreateCommand(
            """
            SELECT apply_sli_increments(array_agg($1), array_agg(date_trunc('hour', now()) - i * interval '6 hours' - interval '3 hours'), array_agg(10000 - CASE WHEN i < 4 THEN 24 ELSE 2 END::float8), array_agg(10000::float8))
            FROM generate_series(0, 115) i
            """))
        {
            count.Parameters.AddWithValue(sli);
            await count.ExecuteNonQueryAsync(Ct);
        }
        var terms = new { sli = "orders", targetPercent = 99.9, window = "rolling 30d", ownerId = owner.Id, stakeholderId = reader.Id, rationale = "What customers were promised." };
        var proposal = (await Api.PostAsync("/objectives", new { service = "checkout", slug = "orders-placed", name = "Orders placed", description = "", terms }, Ct)).GetGuid();
        foreach (var party in new[] { owner, reader })
            await people.SignAsync(party, proposal, Ct);
        await using var forget = database.CreateCommand("DELETE FROM pass_runs WHERE name = 'look-for-degradation'");
        await forget.ExecuteNonQueryAsync(Ct);
    }
}
