using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Data;
using SloPortal.Web.Tests.Common;
using SloPortal.Web.Tests.Incidents.Intake;

namespace SloPortal.Web.Tests.Incidents.Escalation;

public sealed class EscalationEndpointsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnswerLink_OpenedByAMailProgramAndThenPressed_TakesThePageOnlyByThePress()
    {
        await using var portal = await IntakePortal.StartAsync();
        var (number, token) = await CallAsync(portal);

        // From the ledger one comes to the page.
        Assert.Equal(number, (await portal.SignalsAsync())[0].GetProperty("page").GetInt32());
        var read = await portal.Sender.GetStringAsync(new Uri($"/answer/{token}", UriKind.Relative), Ct);
        Assert.Contains("I have it", read, StringComparison.Ordinal);
        Assert.Equal("open", await StateAsync(portal, number));
        using var pressed = await PortalHost.PostFormAsync(portal.Sender, $"/answer/{token}", "answer");

        Assert.Contains("You have it.", await pressed.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal("acknowledged", await StateAsync(portal, number));
        // Used twice, it says who has it.
        var again = await portal.Sender.GetStringAsync(new Uri($"/answer/{token}", UriKind.Relative), Ct);
        Assert.Contains("has it. Nobody else is called.", again, StringComparison.Ordinal);
        Assert.DoesNotContain("I have it", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerLink_ChangedOnItsWay_SaysSoAndTakesNothing()
    {
        await using var portal = await IntakePortal.StartAsync();
        var (number, token) = await CallAsync(portal);
        var changed = (token[0] == 'A' ? 'B' : 'A') + token[1..];

        var read = await portal.Sender.GetStringAsync(new Uri($"/answer/{changed}", UriKind.Relative), Ct);
        using var push = await portal.Sender.PostAsync(new Uri($"/answer/{changed}/push", UriKind.Relative), null, Ct);

        Assert.Contains("This link has ended, or was changed on its way", read, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, push.StatusCode);
        Assert.Equal("open", await StateAsync(portal, number));
    }

    [Fact]
    public async Task AnswerLink_PressedInANotification_TakesThePage()
    {
        await using var portal = await IntakePortal.StartAsync();
        var (number, token) = await CallAsync(portal);

        using var pressed = await portal.Sender.PostAsync(new Uri($"/answer/{token}/push", UriKind.Relative), null, Ct);

        Assert.Equal(HttpStatusCode.NoContent, pressed.StatusCode);
        Assert.Equal("push", (await PageAsync(portal, number)).GetProperty("acknowledgedVia").GetString());
    }

    [Fact]
    public async Task Policies_BadInput_IsRefusedWithASentence()
    {
        await using var portal = await IntakePortal.StartAsync();
        var client = portal.Administrator;
        object Policy(params object[] targets) => new { team = "shop", name = "Primary", levels = new[] { new { minutes = 5, targets } } };

        using var empty = await client.PostAsJsonAsync("/api/v1/escalation-policies", Policy(), Ct);
        using var stranger = await client.PostAsJsonAsync("/api/v1/escalation-policies", Policy(new { kind = "person", id = Guid.NewGuid() }), Ct);
        using var gone = await client.PostAsJsonAsync("/api/v1/escalation-policies", Policy(new { kind = "schedule", id = Guid.NewGuid() }), Ct);
        using var foreign = await client.PutAsJsonAsync("/api/v1/teams/shop/paging-rules", new { rules = new[] { new { minimumSeverity = "error", service = "of-others", action = "record" } } }, Ct);
        using var hours = await client.PutAsJsonAsync("/api/v1/teams/shop/paging-rules", new { rules = new[] { new { minimumSeverity = "error", hours = "business", action = "record" } } }, Ct);

        Assert.Contains("Remove a level that calls nobody", await SentenceAsync(empty), StringComparison.Ordinal);
        Assert.Contains("Choose the people again", await SentenceAsync(stranger), StringComparison.Ordinal);
        Assert.Contains("Choose the schedules again", await SentenceAsync(gone), StringComparison.Ordinal);
        Assert.Contains("is no service of Shop", await SentenceAsync(foreign), StringComparison.Ordinal);
        Assert.Contains("has no business hours yet", await SentenceAsync(hours), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ArchivePolicy_RulesCallByIt_IsRefused()
    {
        await using var portal = await IntakePortal.StartAsync();
        await CallAsync(portal);
        var policies = await portal.Administrator.GetFromJsonAsync<JsonElement>("/api/v1/escalation-policies", Ct);

        using var refused = await portal.Administrator.DeleteAsync(new Uri($"/api/v1/escalation-policies/{policies[0].GetProperty("id").GetGuid()}", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Give those rules another policy first", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    /// <summary>An alert of Alertmanager that calls the administrator.</summary>
    /// <returns>The page, and the token of the link in the first message.</returns>
    private static async Task<(int Number, string Token)> CallAsync(IntakePortal portal)
    {
        var me = (await portal.Administrator.GetFromJsonAsync<JsonElement>("/api/v1/me", Ct)).GetProperty("id").GetGuid();
        using var made = await portal.Administrator.PostAsJsonAsync(
            "/api/v1/escalation-policies", new { team = "shop", name = "Primary", levels = new[] { new { minutes = 5, targets = new[] { new { kind = "person", id = me } } } } }, Ct);
        made.EnsureSuccessStatusCode();
        var policy = await made.Content.ReadFromJsonAsync<Guid>(Ct);
        (await portal.Administrator.PutAsJsonAsync("/api/v1/teams/shop/paging-rules", new { rules = new[] { new { minimumSeverity = "warning", action = "page", policy } } }, Ct)).EnsureSuccessStatusCode();
        var key = await portal.KeyAsync("alertmanager");
        (await portal.SendAsync($"/in/{key}/api/v2/alerts", """[{"labels":{"alertname":"DiskFull","severity":"critical"},"annotations":{"summary":"The disk is full"}}]""")).EnsureSuccessStatusCode();
        for (var i = 0; i < 300; i++)
        {
            var pages = (await portal.Administrator.GetFromJsonAsync<JsonElement>("/api/v1/pages", Ct)).GetProperty("pages").GetProperty("items");
            if (pages.GetArrayLength() > 0 && pages[0].GetProperty("called").GetArrayLength() > 0)
            {
                await using var db = await portal.Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ct);
                return (pages[0].GetProperty("number").GetInt32(), portal.Host.Services.GetRequiredService<AcknowledgeLinks>().Token(await db.PageMessages.Select(m => m.Id).FirstAsync(Ct)));
            }
            await Task.Delay(100, Ct);
        }
        throw new InvalidOperationException("Nobody was called.");
    }

    private static Task<JsonElement> PageAsync(IntakePortal portal, int number) => portal.Administrator.GetFromJsonAsync<JsonElement>($"/api/v1/pages/{number}", Ct);

    private static async Task<string?> StateAsync(IntakePortal portal, int number) => (await PageAsync(portal, number)).GetProperty("state").GetString();

    private static async Task<string> SentenceAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
