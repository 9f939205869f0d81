using SloPortal.Web.Tests.Measurement;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SloPortal.Domain.Access;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Access;

public sealed class ProviderSignInTests(OidcProvider provider) : IClassFixture<OidcProvider>
{
    [Fact]
    public async Task SignIn_Page_OffersTheProvider()
    {
        await using var portal = await StartAsync();
        Assert.Contains("Sign in with Example Login", await portal.Browser().GetStringAsync("/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_Unknown_BecomesViewerAndReturns()
    {
        await using var portal = await StartAsync(("Oidc:CreateUnknown", "true"));
        var browser = portal.Browser();
        using var answer = await OidcProvider.SignInAsync(browser, "newcomer", "/services");
        Assert.Equal("/services", new Uri(new Uri("http://localhost/"), answer.Headers.Location!).AbsolutePath);
        var me = await MeAsync(browser);
        Assert.Equal("newcomer@example.com", me.GetProperty("email").GetString());
        Assert.Equal("viewer", me.GetProperty("roles")[0].GetString());
        Assert.False(me.GetProperty("hasPassword").GetBoolean());
    }

    [Fact]
    public async Task SignIn_UnknownWhereOnlyInvitedMay_IsRefusedWithASentence()
    {
        await using var portal = await StartAsync();
        var browser = portal.Browser();
        using var answer = await OidcProvider.SignInAsync(browser, "newcomer");
        Assert.Contains("You have no account here.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task SignIn_VerifiedAddressOfAnAccount_IsLinkedToIt()
    {
        await using var portal = await StartAsync();
        var (_, id) = await portal.PersonAsync("vera", Role.ServiceOwner);
        for (var time = 0; time < 2; time++)
        {
            var browser = portal.Browser();
            await OidcProvider.SignInAsync(browser, "vera");
            Assert.Equal(id, (await MeAsync(browser)).GetProperty("id").GetGuid());
        }
    }

    [Fact]
    public async Task SignIn_UnverifiedAddressOfAnAccount_IsRefused()
    {
        await using var portal = await StartAsync(("Oidc:CreateUnknown", "true"));
        await portal.PersonAsync("vera", Role.Administrator);
        var browser = portal.Browser();
        using var answer = await OidcProvider.SignInAsync(browser, "unverified-vera");
        Assert.Contains("does not vouch that the address is yours", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task SignIn_MappedClaim_DecidesOnRoles()
    {
        await using var portal = await StartAsync(("Oidc:CreateUnknown", "true"), ("Oidc:RoleClaim", "groups"), ("Oidc:Scopes:0", "groups"), ("Oidc:Roles:slo-admins", "Administrator"));
        var (boss, other) = (portal.Browser(), portal.Browser());
        await OidcProvider.SignInAsync(boss, "boss");
        await OidcProvider.SignInAsync(other, "other");
        Assert.Equal("administrator", (await MeAsync(boss)).GetProperty("roles")[0].GetString());
        Assert.Equal("viewer", (await MeAsync(other)).GetProperty("roles")[0].GetString());
    }

    [Fact]
    public async Task SignIn_ToConfirm_AsksThePersonAnewAndKeepsThatForThisOnly()
    {
        await using var portal = await StartAsync(("Oidc:CreateUnknown", "true"));
        var browser = portal.Browser();
        await OidcProvider.SignInAsync(browser, "newcomer");

        using var other = await OidcProvider.SignInAsync(browser, "somebody-else", "/proposals/1", "proposal/1");
        using var answer = await OidcProvider.SignInAsync(browser, "newcomer", "/proposals/1", "proposal/1");

        Assert.Contains("as somebody else than here", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/proposals/1", new Uri(new Uri("http://localhost/"), answer.Headers.Location!).AbsolutePath);
        Assert.Equal(1L, await portal.ScalarAsync("SELECT count(*) FROM fresh_sign_ins WHERE subject = 'proposal/1'"));
    }

    private Task<PortalHost> StartAsync(params (string Key, string Value)[] more) => PortalHost.StartAsync(
        [("Oidc:Authority", provider.Issuer), ("Oidc:ClientId", "sloportal"), ("Oidc:ClientSecret", "secret-of-the-test"), ("Oidc:DisplayName", "Example Login"), ("Oidc:AllowHttp", "true"), .. more]);

    private static Task<JsonElement> MeAsync(HttpClient browser) => browser.GetFromJsonAsync<JsonElement>("/api/v1/me");
}
