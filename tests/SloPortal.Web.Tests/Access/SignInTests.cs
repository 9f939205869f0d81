using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Access;

public sealed class SignInTests
{
    [Fact]
    public async Task Post_FiveWrongPasswords_LocksEvenTheRightOne()
    {
        await using var portal = await PortalHost.StartAsync();
        var browser = portal.Browser();
        for (var i = 0; i < 5; i++)
            await PortalHost.PostFormAsync(browser, "/sign-in", "sign-in", ("Input.Email", PortalHost.AdminEmail), ("Input.Password", "wrong"));
        using var answer = await PortalHost.PostFormAsync(browser, "/sign-in", "sign-in", ("Input.Email", PortalHost.AdminEmail), ("Input.Password", PortalHost.AdminPassword));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("this account is locked", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/services?team=a", "/services?team=a")]
    [InlineData("https://evil.example", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    public async Task Post_ReturnUrl_LeadsOnlyIntoThePortal(string returnUrl, string expected)
    {
        await using var portal = await PortalHost.StartAsync();
        using var answer = await PortalHost.PostFormAsync(portal.Browser(), $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", "sign-in", ("Input.Email", PortalHost.AdminEmail), ("Input.Password", PortalHost.AdminPassword));
        Assert.Equal(expected, new Uri(new Uri("http://localhost/"), answer.Headers.Location!).PathAndQuery);
    }

    [Fact]
    public async Task Post_WithoutAntiforgeryToken_IsRefused()
    {
        await using var portal = await PortalHost.StartAsync();
        using var answer = await PortalHost.SendFormAsync(portal.Browser(), "/sign-in", "sign-in", "", ("Input.Email", PortalHost.AdminEmail), ("Input.Password", PortalHost.AdminPassword));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Post_MoreThanTheLimit_Is429WithRetryAfter()
    {
        await using var portal = await PortalHost.StartAsync(("RateLimits:SignInPerMinute", "2"));
        var browser = portal.Browser();
        for (var i = 0; i < 2; i++)
            await PortalHost.PostFormAsync(browser, "/sign-in", "sign-in", ("Input.Email", "nobody@example.com"), ("Input.Password", "wrong"));
        using var answer = await PortalHost.PostFormAsync(browser, "/sign-in", "sign-in", ("Input.Email", "nobody@example.com"), ("Input.Password", "wrong"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Get_PageWithoutSession_LeadsToSignInAndBack()
    {
        await using var portal = await PortalHost.StartAsync();
        using var answer = await portal.Browser().GetAsync("/settings/people?filter=a");
        Assert.Equal("/sign-in?returnUrl=%2Fsettings%2Fpeople%3Ffilter%3Da", answer.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task CloseAccount_OpenSession_Ends()
    {
        await using var portal = await PortalHost.StartAsync();
        var (browser, id) = await portal.PersonAsync("vera", Role.Viewer);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/me")).StatusCode);
        (await portal.Services.GetRequiredService<CloseAccount.Handler>().HandleAsync(new CloseAccount(id, true), Actor.System("test"), default)).Require();
        await Eventually.HoldsAsync(async () => (await browser.GetAsync("/api/v1/me")).StatusCode == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ChangePassword_OtherSession_EndsAndThisOneStays()
    {
        await using var portal = await PortalHost.StartAsync();
        var here = await portal.SignedInAsync();
        var elsewhere = await portal.SignedInAsync();
        using var changed = await PortalHost.PostFormAsync(here, "/settings/profile", "password", ("Password.Current", PortalHost.AdminPassword), ("Password.New", "another horse battery"));
        Assert.Contains("Saved.", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => (await elsewhere.GetAsync("/api/v1/me")).StatusCode == HttpStatusCode.Unauthorized);
        await Eventually.HoldsAsync(async () => (await here.GetAsync("/api/v1/me")).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignOut_Session_Ends()
    {
        await using var portal = await PortalHost.StartAsync();
        var browser = await portal.SignedInAsync();
        using var refused = await PortalHost.SendFormAsync(browser, "/sign-out", "", "");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await browser.GetStringAsync("/settings/profile");
        var token = page.Split("__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        using var answer = await PortalHost.SendFormAsync(browser, "/sign-out", "", token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task SaveProfile_ScriptAsName_StaysText()
    {
        await using var portal = await PortalHost.StartAsync();
        var browser = await portal.SignedInAsync();
        const string script = "<script>alert(1)</script>\"'>";
        await PortalHost.PostFormAsync(browser, "/settings/profile", "profile", ("Profile.DisplayName", script), ("Profile.TimeZone", "Europe/Berlin"));
        foreach (var page in (string[])["/settings/profile", "/settings/people", "/audit", "/settings/tokens?everybody=true"])
        {
            var html = await browser.GetStringAsync(page);
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
        }
        Assert.Equal(script, (await browser.GetFromJsonAsync<Dictionary<string, object?>>("/api/v1/me"))!["name"]!.ToString());
    }
}
