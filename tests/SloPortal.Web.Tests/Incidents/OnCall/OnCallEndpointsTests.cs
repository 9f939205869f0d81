using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Incidents.OnCall;

public sealed class OnCallEndpointsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CalendarAddress_MadeInASession_IsReadByAnybodyUntilItEnds()
    {
        await using var host = await PortalHost.StartAsync();
        await WithScheduleAsync(host);
        using var browser = await host.SignedInAsync();
        using var anybody = host.Browser();

        var made = await browser.PostAsJsonAsync("/api/v1/on-call/calendars", new { schedule = "weeks" }, Ct);
        var feed = await made.Content.ReadFromJsonAsync<JsonElement>(Ct);
        using var read = await anybody.GetAsync(feed.GetProperty("address").GetString(), Ct);

        Assert.Equal((HttpStatusCode.OK, "text/calendar"), (read.StatusCode, read.Content.Headers.ContentType!.MediaType));
        Assert.Contains("on call: Weeks", await read.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("no-store", read.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await browser.DeleteAsync(new Uri($"/api/v1/on-call/calendars/{feed.GetProperty("id").GetGuid()}", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(feed.GetProperty("address").GetString(), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(new Uri("/calendars/no-such-secret.ics", UriKind.Relative), Ct)).StatusCode);
    }

    [Fact]
    public async Task CalendarAddress_MadeByAToken_IsDenied()
    {
        await using var host = await PortalHost.StartAsync();
        using var token = host.WithToken();

        Assert.Equal(HttpStatusCode.Forbidden, (await token.PostAsJsonAsync("/api/v1/on-call/calendars", new { }, Ct)).StatusCode);
    }

    [Fact]
    public async Task Schedules_WithoutPeopleOrWithAnOverlap_AreRefusedWithASentence()
    {
        await using var host = await PortalHost.StartAsync();
        var me = await WithScheduleAsync(host);
        using var client = host.WithToken();

        var empty = await client.PostAsJsonAsync("/api/v1/schedules", new { team = "shop", slug = "empty", name = "Empty", timeZone = "UTC", layers = new[] { Layer() } }, Ct);
        object Over(int from) => new { person = me, from = TimeProvider.System.GetUtcNow().AddHours(from), to = TimeProvider.System.GetUtcNow().AddHours(from + 2) };
        var first = await client.PostAsJsonAsync("/api/v1/schedules/weeks/overrides", Over(1), Ct);
        var second = await client.PostAsJsonAsync("/api/v1/schedules/weeks/overrides", Over(2), Ct);
        var preview = await (await client.PostAsJsonAsync("/api/v1/schedules/preview", new { timeZone = "UTC", layers = new[] { Layer(me) }, days = 2 }, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.Created, HttpStatusCode.Conflict], [empty.StatusCode, first.StatusCode, second.StatusCode]);
        Assert.Contains("Nobody is in “Weekly”", await empty.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("It overlaps the override of", await second.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(0, preview.GetProperty("strip").GetProperty("gaps").GetArrayLength());
    }

    [Fact]
    public async Task OnCallPage_WithASchedule_NamesWhoIsOnCallInThePageAndTheTopBar()
    {
        await using var host = await PortalHost.StartAsync();
        await WithScheduleAsync(host);
        using var browser = await host.SignedInAsync();

        var page = await browser.GetStringAsync(new Uri(Routes.OnCall, UriKind.Relative), Ct);

        Assert.Contains("<strong>You are on call</strong> for Shop", page, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"You are on call (Weeks)", page, StringComparison.Ordinal);
    }

    /// <returns>The administrator, who is its only person.</returns>
    private static async Task<Guid> WithScheduleAsync(PortalHost host)
    {
        using var client = host.WithToken();
        var me = (await client.GetFromJsonAsync<JsonElement>("/api/v1/me", Ct)).GetProperty("id").GetGuid();
        (await client.PostAsJsonAsync("/api/v1/teams", new { slug = "shop", name = "Shop", description = "" }, Ct)).EnsureSuccessStatusCode();
        (await client.PutAsync(new Uri($"/api/v1/teams/shop/members/{me}", UriKind.Relative), null, Ct)).EnsureSuccessStatusCode();
        (await client.PostAsJsonAsync("/api/v1/schedules", new { team = "shop", slug = "weeks", name = "Weeks", timeZone = "UTC", layers = new[] { Layer(me) } }, Ct)).EnsureSuccessStatusCode();
        return me;
    }

    private static object Layer(params Guid[] people) => new { name = "Weekly", unit = "weeks", every = 1, firstDay = "2026-01-05", handOff = "09:00:00", people };
}
