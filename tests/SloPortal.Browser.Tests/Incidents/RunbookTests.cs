using System.Text.Json;
using Microsoft.Playwright;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>An owner writes a runbook; in an incident its step that reads runs by itself, and the one that changes something once a second person lets it.</summary>
public sealed class RunbookTests() : OwnPortalTest("runbook", ("Notifications__AllowedHosts__0", "127.0.0.1"))
{
    [Fact]
    public async Task Step_AskedForAndApprovedByAnother_RunsOnceAndShowsWhatItAnswered()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        (receiver.Status, receiver.Text) = (200, "3 pods of 3 <b>answer</b>");
        await Api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        await Api.PostAsync("/services", new { slug = "cart", name = "Cart", description = "", tier = "critical", ownerTeam = "shop", links = Array.Empty<object>() }, Ct);
        var people = new People(Portal.Address, Api);
        var rosa = await people.InviteAsync("Rosa Responder", ["viewer"], [], Ct);
        var visitor = await ComeAsync(Portal.Address);
        await visitor.SignInAsync(RunningPortal.AdminEmail);
        var page = visitor.Page;
        await page.SetViewportSizeAsync(1440, 900);
        await WriteAsync(visitor, receiver.Address);

        var incident = (await Api.PostAsync("/incidents", new { title = "Cart hangs", severity = "sev2", services = new[] { "cart" } }, Ct)).GetInt32();
        await visitor.GoToAsync($"/incidents/{incident}");
        await Assertions.Expect(Step(page, "Count pods")).ToHaveAttributeAsync("data-state", "Succeeded", new() { Timeout = 15_000 });

        var responder = await ComeAsync(Portal.Address, rosa.Session);
        await responder.Page.SetViewportSizeAsync(390, 844);
        await responder.GoToAsync($"/incidents/{incident}");
        await responder.Page.GetByRole(AriaRole.Button, new() { Name = "Ask to run: Restart pods" }).ClickAsync();
        await responder.Page.GetByLabel("Why it is to be run").FillAsync("They hang since the release");
        await responder.Page.GetByRole(AriaRole.Button, new() { Name = "Ask for approval" }).ClickAsync();
        await Assertions.Expect(Step(responder.Page, "Restart pods")).ToContainTextAsync("Waits for approval");
        await Assertions.Expect(responder.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and run: Restart pods" })).ToHaveCountAsync(0);
        Assert.Single(receiver.Taken);

        await Assertions.Expect(Step(page, "Restart pods")).ToContainTextAsync("asked by Rosa Responder: They hang since the release");
        await Pictures.LookAsync(page, "incident-runbook-waiting");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve and run: Restart pods" }).ClickAsync();
        await Assertions.Expect(Step(page, "Restart pods")).ToHaveAttributeAsync("data-state", "Succeeded", new() { Timeout = 15_000 });
        await Assertions.Expect(Step(responder.Page, "Restart pods")).ToContainTextAsync("answered 200, asked by Rosa Responder: They hang since the release; approved by");
        await Step(page, "Restart pods").GetByText("What it answered").ClickAsync();
        await Assertions.Expect(Step(page, "Restart pods").Locator("pre")).ToHaveTextAsync("3 pods of 3 <b>answer</b>");

        Assert.Equal(2, receiver.Taken.Count);
        using var document = JsonDocument.Parse(receiver.Taken[1].Body);
        Assert.Equal(("Restart pods", "Rosa Responder", $"INC-{incident}"), (document.RootElement.GetProperty("step").GetString(), document.RootElement.GetProperty("askedBy").GetString(), document.RootElement.GetProperty("incident").GetString()));
        Assert.True(receiver.Taken[1].Headers.ContainsKey("SloPortal-Signature"));
        var entry = page.Locator(".timeline > li[data-kind=Runbook]").Filter(new() { HasText = "\"Restart pods\" of Cart succeeded with 200, asked by Rosa Responder" });
        await Assertions.Expect(entry).ToContainTextAsync("observed by the portal");
        await Assertions.Expect(entry.Locator("pre")).ToHaveTextAsync("3 pods of 3 <b>answer</b>");
        await Pictures.LookAsync(page, "incident-runbook");
    }

    [Fact]
    public async Task Steps_WhileManyServicesFail_AreStoppedUntilACommanderLetsThemGoOn()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        (receiver.Status, receiver.Text) = (200, "3 pods");
        await Api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        await Api.PostAsync("/services", new { slug = "cart", name = "Cart", description = "", tier = "critical", ownerTeam = "shop", links = Array.Empty<object>() }, Ct);
        await Api.PutAsync("/services/cart/runbook", new { title = "Cart hangs", steps = new[] { new { name = "Count pods", kind = "reads", address = receiver.Address, timeoutSeconds = 5 } }, version = 0 }, Ct);
        var incident = (await Api.PostAsync("/incidents", new { title = "All hangs", severity = "sev1", services = new[] { "cart" } }, Ct)).GetInt32();
        var visitor = await ComeAsync(Portal.Address);
        await visitor.SignInAsync(RunningPortal.AdminEmail);
        await visitor.GoToAsync($"/incidents/{incident}");
        var page = visitor.Page;
        await Assertions.Expect(Step(page, "Count pods")).ToHaveAttributeAsync("data-state", "Succeeded", new() { Timeout = 15_000 });

        // What many failing services leave behind; how they are found is tested where they are.
        await using (var db = Npgsql.NpgsqlDataSource.Create(ConnectionString))
        {
            await using var stop = db.CreateCommand("UPDATE incident_automations SET stopped_at = now(), because = '3 services are unwell at once: Cart, Payments, Stock.', patterns = '[\"ManyServices\"]'");
            Assert.Equal(1, await stop.ExecuteNonQueryAsync(Ct));
        }
        await visitor.GoToAsync($"/incidents/{incident}");
        await Assertions.Expect(page.Locator("#runbook .note")).ToContainTextAsync("The steps are stopped. 3 services are unwell at once: Cart, Payments, Stock.");
        await Pictures.LookAsync(page, "incident-runbook-stopped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Let them go on" }).ClickAsync();
        await page.GetByLabel("Why they may go on").FillAsync("It is the balancer, and this runbook is for it");
        await page.Locator("#runbook form").GetByRole(AriaRole.Button, new() { Name = "Let them go on" }).ClickAsync();

        await Assertions.Expect(page.Locator("#runbook")).ToContainTextAsync("let the steps go on: It is the balancer, and this runbook is for it");
        await Assertions.Expect(page.Locator("#runbook .note")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".timeline > li[data-kind=Runbook]").First).ToContainTextAsync("Lets the steps of the runbook go on");
    }

    private static ILocator Step(IPage page, string name) => page.Locator($"#runbook [data-step=\"{name}\"]");

    private static async Task WriteAsync(Visitor visitor, string address)
    {
        var page = visitor.Page;
        await visitor.GoToAsync("/services/cart");
        await page.GetByRole(AriaRole.Link, new() { Name = "Write one" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Write the runbook" }).ClickAsync();
        await page.GetByLabel("Title").FillAsync("Cart hangs");
        await FillAsync(0, "Count pods", "Counts those that answer.", "Reads", "/count");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a step" }).ClickAsync();
        await FillAsync(1, "Restart pods", "Restarts them one after the other.", "Changes", "/restart");
        await Pictures.LookAsync(page, "runbook-form");
        await page.SetViewportSizeAsync(1440, 900);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the runbook" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved.");
        await Assertions.Expect(page.Locator(".step-list > li")).ToHaveCountAsync(2);

        async Task FillAsync(int place, string name, string does, string kind, string path)
        {
            await page.Locator($"#step-name-{place}").FillAsync(name);
            await page.Locator($"#step-does-{place}").FillAsync(does);
            await page.Locator($"#step-kind-{place}").SelectOptionAsync(kind);
            await page.Locator($"#step-address-{place}").FillAsync(address + path);
            await page.Locator($"#step-secret-{place}").FillAsync("shared with the receiver");
        }
    }
}
