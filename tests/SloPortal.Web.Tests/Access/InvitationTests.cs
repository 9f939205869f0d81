using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Access;

public sealed class InvitationTests
{
    [Fact]
    public async Task Accept_OpenInvitation_MakesTheAccountOnce()
    {
        await using var portal = await PortalHost.StartAsync();
        var admin = portal.WithToken();
        await admin.PostAsJsonAsync("/api/v1/teams", new { slug = "payments", name = "Payments", description = "" });
        var path = await InviteAsync(admin, "vera@example.com");
        var browser = portal.Browser();
        using var accepted = await AcceptAsync(browser, path);
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        var me = await browser.GetFromJsonAsync<JsonElement>("/api/v1/me");
        Assert.Equal("vera@example.com", me.GetProperty("email").GetString());
        Assert.Equal("payments", me.GetProperty("teams")[0].GetProperty("slug").GetString());
        Assert.Contains("was used, withdrawn or has expired", await portal.Browser().GetStringAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE invitations SET expires_at = now() - interval '1 second'")]
    [InlineData("UPDATE invitations SET revoked_at = now()")]
    public async Task Get_ClosedInvitation_SaysSo(string closing)
    {
        await using var portal = await PortalHost.StartAsync();
        var admin = portal.WithToken();
        await admin.PostAsJsonAsync("/api/v1/teams", new { slug = "payments", name = "Payments", description = "" });
        var path = await InviteAsync(admin, "vera@example.com");
        await using (var connection = new NpgsqlConnection(portal.ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var close = new NpgsqlCommand(closing, connection);
            await close.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var page = await portal.Browser().GetStringAsync(path);
        Assert.Contains("was used, withdrawn or has expired", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Input.Password", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_ShortPassword_SaysSoBesideTheField()
    {
        await using var portal = await PortalHost.StartAsync();
        var admin = portal.WithToken();
        await admin.PostAsJsonAsync("/api/v1/teams", new { slug = "payments", name = "Payments", description = "" });
        using var answer = await AcceptAsync(portal.Browser(), await InviteAsync(admin, "vera@example.com"), "short");
        Assert.Contains("id=\"password-error\">A password has at least 12 characters.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> AcceptAsync(HttpClient browser, string path, string password = PortalHost.AdminPassword) =>
        PortalHost.PostFormAsync(browser, path, "accept", ("Input.DisplayName", "Vera"), ("Input.Password", password));

    private static async Task<string> InviteAsync(HttpClient admin, string email)
    {
        using var answer = await admin.PostAsJsonAsync("/api/v1/invitations", new { email, roles = new[] { "serviceOwner" }, teams = new[] { "payments" } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return new Uri((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!).AbsolutePath;
    }
}
