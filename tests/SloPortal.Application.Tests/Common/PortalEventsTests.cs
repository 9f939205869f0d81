using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SloPortal.Application.Common;

namespace SloPortal.Application.Tests.Common;

public sealed class PortalEventsTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero));
    private readonly PortalEvents events;

    public PortalEventsTests() => events = new(NpgsqlDataSource.Create("Host=nowhere"), clock, NullLogger<PortalEvents>.Instance);

    [Fact]
    public void Deliver_WithinSomebodysRequest_WakesTheSubscriberOutsideOfIt()
    {
        var request = new AsyncLocal<string?> { Value = "the subscriber's" };
        string? seen = null;
        using var subscription = events.Subscribe("services", _ => seen = request.Value);

        request.Value = "the changer's";
        events.Deliver(["services"]);

        Assert.Equal("the subscriber's", seen);
        Assert.Equal("the changer's", request.Value);
    }

    [Fact]
    public void Deliver_AfterDisposal_WakesNobody()
    {
        var heard = new List<string>();
        var subscription = events.Subscribe("alerts", heard.Add);

        events.Deliver(["alerts", "services", "alerts/1"]);
        subscription.Dispose();
        events.Deliver(["alerts"]);

        Assert.Equal(["alerts", "alerts/1"], heard);
    }

    [Theory]
    [InlineData(0, "alerts", true)]
    [InlineData(0, "", true)]
    [InlineData(0, "services", false)]
    [InlineData(1, "alerts", false)]
    public void Subscribe_AfterANotice_IsWokenByWhatWasHeardSince(int secondsLater, string topic, bool woken)
    {
        events.Deliver([topic]);
        clock.Advance(TimeSpan.FromSeconds(secondsLater));
        var since = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromSeconds(5));
        var heard = new List<string>();

        using var subscription = events.Subscribe("alert", heard.Add, since);

        Assert.Equal(woken ? [topic] : [], heard);
    }

    [Fact]
    public void Subscribe_SoLateThatNoticesAreForgotten_IsWoken()
    {
        var since = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromMinutes(2));
        var heard = new List<string>();

        using var subscription = events.Subscribe("alerts", heard.Add, since);

        Assert.Equal([""], heard);
    }
}
