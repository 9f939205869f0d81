using System.Net;
using SloPortal.TestSupport;
using SloPortal.TestSupport.Cluster;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Cluster;

/// <summary>The primary PostgreSQL is lost while samples come in, and its replica takes over.</summary>
public sealed class PromotedReplicaTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_PrimaryDiesAndReplicaIsPromoted_NothingAcknowledgedIsLostOrDoubled()
    {
        await using var postgres = await ReplicatedPostgres.StartAsync(Ct);
        using var portal = await PortalProcess.StartAsync(Path.Combine(AppContext.BaseDirectory, "sloportal.dll"), postgres.ConnectionString, Ct);
        await CountedDatabase.AddSliAsync(portal.Address);
        var senders = Enumerable.Range(0, 4).Select(i => new CountingSender($"sender-{i}", portal.Address)).ToArray();
        var sent = Task.WhenAll(senders.Select(async sender =>
        {
            while (sender.Scrapes < 200 || sender.Again == 0)
                await sender.SendAsync(Ct);
        }));

        await Eventually.HoldsAsync(() => Task.FromResult(senders.All(s => s.Scrapes > 20)));
        var died = DateTimeOffset.UtcNow;
        await postgres.KillPrimaryAsync(Ct);
        await postgres.PromoteReplicaAsync(Ct);
        await sent;

        var expected = senders.Sum(s => s.Expected);
        Assert.Equal((expected, expected), await CountedDatabase.CountsAsync(postgres.ReplicaConnectionString));
        await CountedDatabase.DutyGoesOnAsync(postgres.ReplicaConnectionString, "send-notifications", died);
        using var http = new HttpClient { BaseAddress = portal.Address };
        await Eventually.HoldsAsync(async () => (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct)).StatusCode == HttpStatusCode.OK);
        foreach (var sender in senders)
            sender.Dispose();
    }
}
