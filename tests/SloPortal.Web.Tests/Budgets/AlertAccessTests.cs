using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SloPortal.Domain.Access;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Budgets;

public sealed class AlertAccessTests
{
    private const string Targets = "/api/v1/teams/payments/notification-targets";
    private static readonly object Target = new { channel = "mail", address = "on-call@example.com", minimumSeverity = "page" };

    [Theory]
    [InlineData(TokenScope.Ingest, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(TokenScope.Read, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData(TokenScope.Write, HttpStatusCode.Forbidden, HttpStatusCode.Created)]
    public async Task NotificationTargets_TokenScope_Decides(TokenScope scope, HttpStatusCode reads, HttpStatusCode writes)
    {
        await using var portal = await WithTeamAsync();
        var client = portal.WithToken(await PortalHost.TokenOfAsync(await portal.SignedInAsync(), scope));
        foreach (var address in (string[])["/api/v1/alerts", "/api/v1/alert-policies", Targets])
            Assert.Equal(reads, (await client.GetAsync(address, Ct)).StatusCode);
        Assert.Equal(writes, (await client.PostAsJsonAsync(Targets, Target, Ct)).StatusCode);
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.ServiceOwner)]
    public async Task Changes_NobodyOfTheTeam_Are403(Role role)
    {
        await using var portal = await WithTeamAsync();
        var added = await portal.WithToken().PostAsJsonAsync(Targets, Target, Ct);
        var (browser, _) = await portal.PersonAsync("otto", role);
        var policy = (await browser.GetFromJsonAsync<List<JsonElement>>("/api/v1/alert-policies", Ct))!.Single();
        var rules = new[] { new { severity = "page", longMinutes = 60, shortMinutes = 5, budgetSpentPercent = 2, minimumEvents = 10 } };

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsJsonAsync(Targets, Target, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.DeleteAsync(added.Headers.Location, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync($"{added.Headers.Location}/test", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PutAsJsonAsync($"/api/v1/alert-policies/{policy.GetProperty("id").GetGuid()}", new { source = "Ours.", rules }, Ct)).StatusCode);
        Assert.Single((await browser.GetFromJsonAsync<JsonElement>(Targets, Ct)).GetProperty("targets").EnumerateArray());
    }

    [Fact]
    public async Task Pages_Viewer_ReadsThemAndIsOfferedNoChange()
    {
        await using var portal = await WithTeamAsync();
        var (browser, _) = await portal.PersonAsync("vera", Role.Viewer);
        Assert.Contains("No alert has fired", await browser.GetStringAsync("/alerts", Ct), StringComparison.Ordinal);
        Assert.Contains("Nothing matches", await browser.GetStringAsync("/alerts?filter=x&severity=&service=&state=firing", Ct), StringComparison.Ordinal);
        var policies = await browser.GetStringAsync("/alert-policies", Ct);
        Assert.Contains("SRE Workbook", policies, StringComparison.Ordinal);
        Assert.DoesNotContain("Edit the rules", policies, StringComparison.Ordinal);
        var team = await browser.GetStringAsync("/settings/teams/payments", Ct);
        Assert.Contains("Told about burn alerts", team, StringComparison.Ordinal);
        Assert.DoesNotContain("Add the target", team, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<PortalHost> WithTeamAsync()
    {
        var portal = await PortalHost.StartAsync();
        (await portal.WithToken().PostAsJsonAsync("/api/v1/teams", new { slug = "payments", name = "Payments", description = "" }, Ct)).EnsureSuccessStatusCode();
        return portal;
    }
}
