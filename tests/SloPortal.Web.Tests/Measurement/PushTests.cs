using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Measurement;

public sealed class PushTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Hour = new(DateTimeOffset.UtcNow.Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    private PortalHost portal = null!;
    private int sli;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        portal = await PortalHost.StartAsync();
        sli = await portal.AddSliAsync(new PushedRatio());
    }

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Push_SameKeyAgain_CountsOnceAndAnswersTheSame()
    {
        var first = await PushAsync("k1", (0, 60, 95, 100));
        var second = await PushAsync("k1", (0, 60, 95, 100));

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(first, second);
        Assert.Equal((95, 100), await portal.CountsOfAsync(sli));
        Assert.Equal(60L, await portal.ScalarAsync("SELECT count(*) FROM sli_minutes"));
    }

    [Fact]
    public async Task Push_SameKeyOtherBody_IsAConflictAndCountsNothing()
    {
        await PushAsync("k1", (0, 1, 9, 10));
        var other = await PushAsync("k1", (0, 1, 8, 10));

        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Equal((9, 10), await portal.CountsOfAsync(sli));
    }

    [Fact]
    public async Task Push_SomeIntervalsWrong_KeepsTheOthersAndNamesThem()
    {
        var (status, body) = await PushAsync("k1", (0, 1, 9, 10), (1, 2, 11, 10), (2, 2, 1, 1), (0, 90, 1, 1));

        Assert.Equal(HttpStatusCode.OK, status);
        var answer = JsonDocument.Parse(body).RootElement;
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        Assert.Equal([1, 2, 3], answer.GetProperty("refused").EnumerateArray().Select(r => r.GetProperty("interval").GetInt32()));
        Assert.Equal((9, 10), await portal.CountsOfAsync(sli));
    }

    [Fact]
    public async Task Push_AllWrong_Is400_AndTheKeyCanBeUsedAgain()
    {
        var wrong = await PushAsync("k1", (0, 1, 11, 10));
        var mended = await PushAsync("k1", (0, 1, 10, 10));

        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal(HttpStatusCode.OK, mended.Status);
    }

    [Fact]
    public async Task Push_WithoutKey_Is400() => Assert.Equal(HttpStatusCode.BadRequest, (await PushAsync(null, (0, 1, 1, 1))).Status);

    private async Task<(HttpStatusCode Status, string Body)> PushAsync(string? key, params (int From, int To, double Good, double Total)[] intervals)
    {
        using var client = portal.WithToken();
        if (key is not null)
            client.DefaultRequestHeaders.Add("Idempotency-Key", key);
        using var answer = await client.PostAsJsonAsync("/api/v1/push", new
        {
            service = "service-availability",
            sli = "availability",
            intervals = intervals.Select(i => new { start = Hour.AddHours(-2).AddMinutes(i.From), end = Hour.AddHours(-2).AddMinutes(i.To), good = i.Good, total = i.Total }),
        }, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
