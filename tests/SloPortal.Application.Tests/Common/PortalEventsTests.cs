using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SloPortal.Application.Common;

namespace SloPortal.Application.Tests.Common;

public sealed class PortalEventsTests
{
    private readonly PortalEvents events = new(NpgsqlDataSource.Create("Host=nowhere"), NullLogger<PortalEvents>.Instance);

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
}
