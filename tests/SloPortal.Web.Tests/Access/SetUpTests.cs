using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.TestSupport;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Access;

public sealed class SetUpTests
{
    private static readonly (string, string)[] Ada = [("Input.DisplayName", "Ada"), ("Input.Email", PortalHost.AdminEmail), ("Input.Password", PortalHost.AdminPassword)];

    [Fact]
    public async Task Get_EmptyPortal_LeadsToSetUp()
    {
        await using var portal = await PortalHost.StartEmptyAsync();
        using var answer = await portal.Browser().GetAsync("/");
        Assert.Equal("/set-up", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Post_WrongCode_SaysSoAndMakesNobody()
    {
        await using var portal = await PortalHost.StartEmptyAsync();
        using var answer = await PortalHost.PostFormAsync(portal.Browser(), "/set-up", "set-up", [("Input.Code", "AAAA-AAAA-AAAA-AAAA"), .. Ada]);
        Assert.Contains("This is not the set-up code", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(await portal.Services.GetRequiredService<SetUpCode>().IsSetUpAsync(default));
    }

    [Fact]
    public async Task Post_RightCode_MakesTheAdministratorOnce()
    {
        await using var portal = await PortalHost.StartEmptyAsync();
        var code = await portal.Services.GetRequiredService<SetUpCode>().RenewAsync(default);
        var browser = portal.Browser();
        using var answer = await PortalHost.PostFormAsync(browser, "/set-up", "set-up", [("Input.Code", code!.ToLowerInvariant().Replace('-', ' ')), .. Ada]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var me = await browser.GetFromJsonAsync<Dictionary<string, object>>("/api/v1/me");
        Assert.Equal("[\"administrator\"]", me!["roles"].ToString());

        using var again = await portal.Browser().GetAsync("/set-up");
        Assert.Equal("/sign-in", again.Headers.Location?.OriginalString);
        var second = await portal.Services.GetRequiredService<SetUpPortal.Handler>().HandleAsync(new SetUpPortal(code, "Eve", "eve@example.com", PortalHost.AdminPassword), default);
        Assert.False(second.Succeeded);
    }

    [Fact]
    public async Task RenewAsync_TwoPortals_TheNewestCodeCountsOnBoth()
    {
        await using var first = await PortalHost.StartEmptyAsync();
        var old = await first.Services.GetRequiredService<SetUpCode>().RenewAsync(default);
        var newest = await new SetUpCode(first.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<Data.PortalDbContext>>()).RenewAsync(default);
        var setUp = first.Services.GetRequiredService<SetUpPortal.Handler>();
        Assert.False((await setUp.HandleAsync(new SetUpPortal(old!, "Ada", PortalHost.AdminEmail, PortalHost.AdminPassword), default)).Succeeded);
        Assert.True((await setUp.HandleAsync(new SetUpPortal(newest!, "Ada", PortalHost.AdminEmail, PortalHost.AdminPassword), default)).Succeeded);
    }

    [Fact]
    public async Task Start_EnvironmentOnTwoPortalsAtOnce_MakesOneAdministratorWithToken()
    {
        var database = await TestPostgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        (string, string)[] environment = [("SLOPORTAL_ADMIN_EMAIL", PortalHost.AdminEmail), ("SLOPORTAL_ADMIN_PASSWORD", PortalHost.AdminPassword), ("SLOPORTAL_ADMIN_TOKEN", PortalHost.AdminToken)];
        var portals = await Task.WhenAll(Task.Run(() => PortalHost.StartOn(database, environment)), Task.Run(() => PortalHost.StartOn(database, environment)));
        using var answer = await portals[0].WithToken().GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var count = new NpgsqlCommand("SELECT (SELECT count(*) FROM people) || ' ' || (SELECT count(*) FROM api_tokens) || ' ' || (SELECT count(*) FROM audit_entries WHERE action = 'portal.set-up')", connection);
            Assert.Equal("1 1 1", await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
        foreach (var portal in portals)
            await portal.DisposeAsync();
    }
}
