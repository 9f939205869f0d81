using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Statsd;
using SloPortal.Application.Tests.Measurement.Files;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Tests.Measurement.Statsd;

public sealed class StatsdListenerTests : IAsyncLifetime
{
    private FilePortal files = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => files = await FilePortal.OpenAsync();

    public ValueTask DisposeAsync() => files.DisposeAsync();

    [Fact]
    public async Task Packets_CountersAndTimers_CountByTheirRules_AndTheRestIsTold()
    {
        var fast = await files.AddSliAsync("fast");
        await RuleAsync("shop.orders.ok", files.SliId, StatsdRole.Good);
        await RuleAsync("shop.orders.failed*", files.SliId, StatsdRole.Bad);
        await RuleAsync("shop.took", fast, StatsdRole.Timer, 300);

        await SendAsync("shop.orders.ok:9|c\nshop.orders.failed.card:1|c|@0.5\nshop.took:300|ms\nshop.took:301|ms|@0.5", "shop.other:1|c\nshop.queue:7|g\nnonsense\n");

        Assert.Equal((9, 11), await files.CountsAsync());
        Assert.Equal((1, 3), await files.CountsAsync(fast));
        Assert.Equal(["Matched 4", "NotACounter 1", "Unmatched 1", "UnreadableRow 1"], await OutcomesAsync());
    }

    [Fact]
    public async Task Add_RuleOfAnotherTeam_IsDenied()
    {
        var outcome = await files.Portal.Get<AddStatsdRule.Handler>().HandleAsync(new AddStatsdRule("shop", files.SliId, StatsdRole.Good), MeasuringPortal.Stranger, Ct);

        Assert.Equal(RefusalKind.Denied, outcome.Refusal?.Kind);
    }

    [Theory]
    [InlineData("*", StatsdRole.Good, null)]
    [InlineData("a*b", StatsdRole.Good, null)]
    [InlineData("a:b", StatsdRole.Good, null)]
    [InlineData("shop.took", StatsdRole.Timer, null)]
    public async Task Add_UnusableRule_IsRefused(string metric, StatsdRole role, double? threshold)
    {
        var outcome = await files.Portal.Get<AddStatsdRule.Handler>().HandleAsync(new AddStatsdRule(metric, files.SliId, role, threshold), files.Member, Ct);

        Assert.Equal(RefusalKind.Invalid, outcome.Refusal?.Kind);
    }

    /// <summary>Runs a listener while the packets are sent, and stops it, which stores what it has.</summary>
    private async Task SendAsync(params string[] packets)
    {
        using var listener = new StatsdListener(
            files.Portal.Get<IDbContextFactory<PortalDbContext>>(), files.Portal.Get<IngestWriter>(), Options.Create(new StatsdSettings { Port = 0 }), files.Portal.Clock, NullLogger<StatsdListener>.Instance);
        await listener.StartAsync(Ct);
        var port = await listener.Port.WaitAsync(Ct);
        await listener.Ready.WaitAsync(Ct);
        using var sender = new UdpClient();
        foreach (var packet in packets)
            await sender.SendAsync(Encoding.UTF8.GetBytes(packet), new IPEndPoint(IPAddress.Loopback, port), Ct);
        while (listener.Received < packets.Length)
            await Task.Delay(10, Ct);
        await listener.StopAsync(Ct);
    }

    private async Task RuleAsync(string metric, int sli, StatsdRole role, double? threshold = null) =>
        (await files.Portal.Get<AddStatsdRule.Handler>().HandleAsync(new AddStatsdRule(metric, sli, role, threshold), files.Member, Ct)).Require();

    private async Task<List<string>> OutcomesAsync()
    {
        await using var command = files.Portal.Database.CreateCommand("SELECT outcome || ' ' || samples FROM source_counts c JOIN sources s ON s.id = c.source_id WHERE s.kind = 'Statsd' ORDER BY 1");
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var outcomes = new List<string>();
        while (await reader.ReadAsync(Ct))
            outcomes.Add(reader.GetString(0));
        return [.. outcomes.Order(StringComparer.Ordinal)];
    }
}
