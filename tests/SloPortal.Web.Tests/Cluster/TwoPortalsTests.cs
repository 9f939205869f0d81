using Npgsql;
using SloPortal.TestSupport;
using SloPortal.TestSupport.Cluster;

namespace SloPortal.Web.Tests.Cluster;

/// <summary>Two portals on one database behind a balancer: samples go to both, and either may die without a gap.</summary>
public sealed class TwoPortalsTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "sloportal.dll");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("haproxy")]
    [InlineData("nginx")]
    public async Task Write_EachPortalIsKilledInTurn_CountsEverySampleOnceAndDutiesGoOn(string kind)
    {
        var database = new NpgsqlConnectionStringBuilder(await TestPostgres.CreateDatabaseAsync(Ct)) { MaxPoolSize = 40 }.ConnectionString;
        var a = await PortalProcess.StartAsync(Program, database, Ct);
        using var b = await PortalProcess.StartAsync(Program, database, Ct);
        await CountedDatabase.AddSliAsync(a.Address);
        using var balancer = kind == "nginx" ? await Balancer.NginxAsync(a.Address, b.Address, Ct) : await Balancer.HaproxyAsync(a.Address, b.Address, Ct);
        var senders = Enumerable.Range(0, 4).Select(i => new CountingSender($"sender-{i}", balancer.Address)).ToArray();

        await SendAsync(senders, 10);
        Assert.True(await SamplesTakenAsync(a) > 0 && await SamplesTakenAsync(b) > 0, "Both portals take samples.");
        var died = DateTimeOffset.UtcNow;
        await Task.WhenAll(SendAsync(senders, 20), Task.Run(a.Kill, Ct));
        await CountedDatabase.DutyGoesOnAsync(database, "send-notifications", died);
        a.Dispose();

        using var again = await PortalProcess.StartAsync(Program, database, Ct, a.Address.Port);
        died = DateTimeOffset.UtcNow;
        await Task.WhenAll(SendAsync(senders, 20), Task.Run(b.Kill, Ct));
        await CountedDatabase.DutyGoesOnAsync(database, "send-notifications", died);

        var expected = senders.Sum(s => s.Expected);
        Assert.Equal((expected, expected), await CountedDatabase.CountsAsync(database));
        foreach (var sender in senders)
            sender.Dispose();
        again.Kill();
        await TestPostgres.DropDatabaseAsync(database, CancellationToken.None);
    }

    private static Task SendAsync(CountingSender[] senders, int scrapes) => Task.WhenAll(senders.Select(async sender =>
    {
        for (var i = 0; i < scrapes; i++)
            await sender.SendAsync(Ct);
    }));

    private static async Task<double> SamplesTakenAsync(PortalProcess portal)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        var lines = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Ct)).Split('\n');
        return lines.Where(l => l.StartsWith("sloportal_ingest_samples", StringComparison.Ordinal)).Sum(l => double.Parse(l.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
