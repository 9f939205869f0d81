using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Access;

public sealed class ApiAccessTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("slop_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")]
    [InlineData("nonsense")]
    public async Task Get_NoOrWrongToken_Is401WithProblem(string? token)
    {
        await using var portal = await PortalHost.StartAsync();
        using var answer = await (token is null ? portal.Browser() : portal.WithToken(token)).GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(TokenScope.Ingest, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(TokenScope.Read, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData(TokenScope.Write, HttpStatusCode.Forbidden, HttpStatusCode.Created)]
    public async Task Request_TokenScope_Decides(TokenScope scope, HttpStatusCode reads, HttpStatusCode writes)
    {
        await using var portal = await PortalHost.StartAsync();
        var client = portal.WithToken(await PortalHost.TokenOfAsync(await portal.SignedInAsync(), scope));
        using var read = await client.GetAsync("/api/v1/people");
        using var write = await client.PostAsJsonAsync("/api/v1/teams", new { slug = "payments", name = "Payments", description = "" });
        Assert.Equal((reads, writes), (read.StatusCode, write.StatusCode));
    }

    [Fact]
    public async Task Request_Auditor_ReadsTheAuditAndChangesNothing()
    {
        await using var portal = await PortalHost.StartAsync();
        var (browser, id) = await portal.PersonAsync("otto", Role.Auditor, Role.ServiceOwner);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/audit")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/audit/export.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/api/v1/audit/verify", null)).StatusCode);
        foreach (var (method, address, body) in ChangesOfEveryKind(id))
        {
            using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
            using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {address} gave {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Audit_ViewerReads_Is403()
    {
        await using var portal = await PortalHost.StartAsync();
        var (browser, _) = await portal.PersonAsync("vera", Role.Viewer);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/api/v1/audit")).StatusCode);
        Assert.Contains("Only auditors and administrators", await browser.GetStringAsync("/audit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateToken_Answer_HoldsTheOnlyCopyOfItsText()
    {
        await using var portal = await PortalHost.StartAsync();
        var browser = await portal.SignedInAsync();
        var token = await PortalHost.TokenOfAsync(browser, TokenScope.Read);
        Assert.Matches("^slop_[A-Za-z0-9_-]{43}$", token);
        Assert.DoesNotContain(token, await browser.GetStringAsync("/api/v1/tokens"), StringComparison.Ordinal);
        Assert.DoesNotContain(token, await browser.GetStringAsync("/api/v1/audit"), StringComparison.Ordinal);
        await using var connection = new NpgsqlConnection(portal.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var found = new NpgsqlCommand("SELECT count(*) FROM api_tokens t WHERE t.hash = sha256(convert_to($1, 'UTF8')) AND position($2 in t::text) = 0", connection) { Parameters = { new() { Value = token }, new() { Value = token[9..] } } };
        Assert.Equal(1L, await found.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CreateToken_ByToken_Is403()
    {
        await using var portal = await PortalHost.StartAsync();
        using var answer = await portal.WithToken().PostAsJsonAsync("/api/v1/tokens", new { name = "more", scopes = new[] { "read" }, days = 1 });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task RevokeToken_TokenInUse_Ends()
    {
        await using var portal = await PortalHost.StartAsync();
        var browser = await portal.SignedInAsync();
        var client = portal.WithToken(await PortalHost.TokenOfAsync(browser, TokenScope.Read));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/me")).StatusCode);
        var tokens = await browser.GetFromJsonAsync<List<JsonElement>>("/api/v1/tokens");
        using var revoked = await browser.DeleteAsync($"/api/v1/tokens/{tokens!.Single(t => t.GetProperty("name").GetString() == "test").GetProperty("id").GetGuid()}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await Eventually.HoldsAsync(async () => (await client.GetAsync("/api/v1/me")).StatusCode == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task LastAdministrator_LosesNeitherRoleNorAccount()
    {
        await using var portal = await PortalHost.StartAsync();
        var client = portal.WithToken();
        var id = (await client.GetFromJsonAsync<JsonElement>("/api/v1/me")).GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsync($"/api/v1/people/{id}/close", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await client.PutAsJsonAsync($"/api/v1/people/{id}/roles", new { roles = new[] { "viewer" } })).StatusCode);
        await portal.PersonAsync("berta", Role.Administrator);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsJsonAsync($"/api/v1/people/{id}/roles", new { roles = new[] { "viewer" } })).StatusCode);
    }

    [Fact]
    public async Task Change_FromAnotherSite_Is403()
    {
        await using var portal = await PortalHost.StartAsync();
        var browser = await portal.SignedInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/audit/verify") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Answers_PageAndApi_CarryTheSecurityHeaders()
    {
        await using var portal = await PortalHost.StartAsync();
        foreach (var address in (string[])["/sign-in", "/api/v1/me", "/nowhere", "/css/base.css"])
        {
            using var answer = await portal.Browser().GetAsync(address);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.NotEmpty(answer.Headers.GetValues("Permissions-Policy"));
        }
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_Is413()
    {
        // Only the real server counts bytes.
        await using var portal = await PortalHost.StartOnKestrelAsync();
        using var answer = await portal.WithToken().PostAsJsonAsync("/api/v1/teams", new { slug = "a", name = "A", description = new string('x', 3_000_000) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private static IEnumerable<(HttpMethod, string, object?)> ChangesOfEveryKind(Guid person) =>
    [
        (HttpMethod.Post, "/api/v1/teams", new { slug = "a", name = "A", description = "" }),
        (HttpMethod.Put, "/api/v1/teams/a", new { slug = "a", name = "A", description = "" }),
        (HttpMethod.Put, $"/api/v1/teams/a/members/{person}", null),
        (HttpMethod.Delete, $"/api/v1/teams/a/members/{person}", null),
        (HttpMethod.Post, "/api/v1/services", new { slug = "a", name = "A", description = "", tier = "critical", ownerTeam = "a", links = Array.Empty<object>() }),
        (HttpMethod.Put, $"/api/v1/people/{person}/roles", new { roles = new[] { "administrator" } }),
        (HttpMethod.Put, $"/api/v1/people/{person}/teams", new { teams = Array.Empty<string>() }),
        (HttpMethod.Post, $"/api/v1/people/{person}/close", null),
        (HttpMethod.Post, $"/api/v1/people/{person}/reopen", null),
        (HttpMethod.Post, "/api/v1/invitations", new { email = "x@example.com", roles = new[] { "viewer" }, teams = Array.Empty<string>() }),
        (HttpMethod.Delete, $"/api/v1/invitations/{person}", null),
    ];
}
