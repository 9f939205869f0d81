using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Probes;
using SloPortal.Application.Measurement.Probes.Addresses;
using SloPortal.Application.Measurement.Probes.Agents;
using SloPortal.Application.Measurement.Probes.Running;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Application.Tests.Measurement.Files;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Tests.Measurement.Probes;

/// <summary>Probes on a real database: what a run counts, once, and what it leaves.</summary>
public sealed class ProbePassTests : IAsyncLifetime
{
    private static readonly ProbeRun Good = new(ProbeOutcome.Good, "It answered 200 in 9 ms.", new ProbeParts(1, 2, null, 3, 9), 200);

    private FilePortal files = null!;
    private ProbedSocket server = null!;
    private int asked;

    private static Actor Agent { get; } = new() { Kind = ActorKind.Person, Name = "Root", Roles = [Role.Administrator] };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        files = await FilePortal.OpenAsync();
        server = new ProbedSocket(_ =>
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        });
        (await files.Portal.Get<AllowAddress.Handler>().HandleAsync(new AllowAddress("127.0.0.1", "The test."), MeasuringPortal.Administrator, Ct)).Require();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await files.DisposeAsync();
    }

    [Fact]
    public async Task Run_Due_CountsOneEventOfItsMinute_AndTheFailureWithItsReason()
    {
        var probe = await CreateAsync();
        var pass = Pass();
        Advance(60);
        await RunAsync(pass);
        Assert.Equal((1, 1), await files.CountsAsync());

        await server.DisposeAsync();
        Advance(60);
        await RunAsync(pass);

        Assert.Equal((1, 2), await files.CountsAsync());
        Assert.Equal(2, await files.ScalarAsync("SELECT count(*) FROM sli_minutes WHERE total = 1"));
        var details = await GetAsync(probe);
        Assert.Equal("The connection was refused.", Assert.Single(details.Failures).Reason);
        var location = Assert.Single(details.Locations);
        Assert.Equal((Probe.Portal, 1, 1, ProbeOutcome.Failed, 0.5, false), (location.Name, location.Good, location.Failed, location.Last!.Value, location.Availability!.Value, location.IsSilent));
        Assert.NotNull(location.MedianMs);
    }

    [Fact]
    public async Task Run_TwoPortals_AskOnceForEachTime()
    {
        await CreateAsync();
        var (one, other) = (Pass(), Pass());
        for (var minute = 0; minute < 3; minute++)
        {
            Advance(60);
            await Task.WhenAll(new[] { one, other }.Select(pass => files.Portal.Get<PassRunner>().RunIfDueAsync(pass, files.Portal.Clock.GetUtcNow(), Ct)));
            await RunAsync(other);
            await RunAsync(one);
        }

        Assert.Equal(3, asked);
        Assert.Equal((3, 3), await files.CountsAsync());
    }

    [Fact]
    public async Task Run_NoPortalRanForAWhile_IsToldAsNotMeasured()
    {
        var probe = await CreateAsync();
        Advance(600);
        await RunAsync(Pass());

        Assert.Equal((1, 1), await files.CountsAsync());
        var missed = Assert.Single((await GetAsync(probe)).Failures);
        Assert.Equal(ProbeOutcome.NotMeasured, missed.Outcome);
        Assert.StartsWith("No portal ran this probe from 2026-11-23", missed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NothingResolves_CountsNothingAndTheSourceSaysSo()
    {
        var probe = await CreateAsync();
        Advance(60);
        await RunAsync(Pass());
        await files.ScalarAsync("UPDATE probes SET \"check\" = \"check\" || '{\"host\": \"shop.test\"}' RETURNING 1");
        Advance(60);
        await RunAsync(Pass(new ProbeNetwork { Resolver = (_, _) => throw new SocketException((int)SocketError.TryAgain) }));

        Assert.Equal((1, 1), await files.CountsAsync());
        Assert.Equal(ProbeOutcome.NotMeasured, (await GetAsync(probe)).Runs[0].Outcome);
        var source = (await files.Portal.Get<GetSource.Handler>().HandleAsync(new GetSource(probe), MeasuringPortal.Administrator, Ct)).Require();
        Assert.Contains("No name can be resolved", source.Row.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PausedOrElsewhere_IsNotAsked()
    {
        var paused = await CreateAsync();
        await CreateAsync("elsewhere", locations: ["frankfurt"]);
        (await files.Portal.Get<PausePullSource.Handler>().HandleAsync(new PausePullSource(paused), MeasuringPortal.Administrator, Ct)).Require();
        Advance(60);
        await RunAsync(Pass());

        Assert.Equal(0, asked);
        Advance(3600);
        (await files.Portal.Get<ResumePullSource.Handler>().HandleAsync(new ResumePullSource(paused), MeasuringPortal.Administrator, Ct)).Require();
        Advance(60);
        await RunAsync(Pass());
        Assert.Equal((1, 1), await files.CountsAsync());
        Assert.Empty((await GetAsync(paused)).Failures);
    }

    [Fact]
    public async Task Take_BatchThatComesAgain_CountsOnce_AndTheClockIsTheAgents()
    {
        var probe = await CreateAsync("far", locations: ["frankfurt"]);
        var due = MeasuringPortal.Now.AddMinutes(-3);
        var batch = new[] { new AgentResult(probe, due, due.AddSeconds(1), Good), new AgentResult(probe, due.AddMinutes(1), due.AddMinutes(1), Good with { Outcome = ProbeOutcome.Failed }), new AgentResult(probe, due.AddMinutes(2), due.AddMinutes(2), Good with { Outcome = ProbeOutcome.NotMeasured }) };

        Assert.Equal(new TakenResults(3, 2, 0), await TakeAsync("frankfurt", batch));
        Assert.Equal(new TakenResults(3, 0, 0), await TakeAsync("frankfurt", batch));
        Assert.Equal(new TakenResults(2, 1, 0), await TakeAsync("frankfurt", [batch[2], new AgentResult(probe, due.AddMinutes(3), due.AddMinutes(3), Good)]));

        Assert.Equal((2, 3), await files.CountsAsync());
        Assert.Equal(4, await files.ScalarAsync("SELECT count(*) FROM probe_results"));
        var location = Assert.Single((await GetAsync(probe)).Locations);
        Assert.Equal((7, 5, false), (location.ClockAhead, location.Dropped, location.IsSilent));
    }

    [Fact]
    public async Task Take_ProbeOfAnotherLocation_IsRefused()
    {
        var probe = await CreateAsync("far", locations: ["frankfurt"]);

        Assert.Equal(new TakenResults(0, 0, 1), await TakeAsync("paris", [new AgentResult(probe, MeasuringPortal.Now, MeasuringPortal.Now, Good)]));
        Assert.Equal((0, 0), await files.CountsAsync());
    }

    [Fact]
    public async Task Fetch_Orders_HoldTheSecretAndTheAllowedAddresses_ForAdministratorsOnly()
    {
        var probe = await CreateAsync("far", locations: ["frankfurt"], authorization: "Bearer secret");
        var fetch = files.Portal.Get<FetchProbes.Handler>();

        var orders = (await fetch.HandleAsync(new FetchProbes("frankfurt"), Agent, Ct)).Require();
        Assert.Equal((probe, "Bearer secret"), (orders.Probes.Single().Id, orders.Probes.Single().Authorization));
        Assert.Equal(["127.0.0.1"], orders.AllowedAddresses);
        Assert.Equal(RefusalKind.Denied, (await fetch.HandleAsync(new FetchProbes("frankfurt"), files.Member, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await fetch.HandleAsync(new FetchProbes(Probe.Portal), Agent, Ct)).Refusal?.Kind);
        Assert.Equal(0, await files.ScalarAsync("SELECT count(*) FROM sources s, audit_entries a WHERE s.protected_authorization LIKE '%secret%' OR a.details LIKE '%Bearer secret%'"));
    }

    [Fact]
    public async Task Location_NothingForThreeIntervals_IsSilent()
    {
        var probe = await CreateAsync("far", locations: ["frankfurt"]);
        await TakeAsync("frankfurt", [new AgentResult(probe, MeasuringPortal.Now, MeasuringPortal.Now, Good)]);
        Advance(180);
        Assert.False(Assert.Single((await GetAsync(probe)).Locations).IsSilent);
        Advance(1);
        Assert.True(Assert.Single((await GetAsync(probe)).Locations).IsSilent);
    }

    [Fact]
    public async Task Create_WithAnSliOfItsOwn_MakesBothOrNone()
    {
        var create = files.Portal.Get<CreateProbe.Handler>();
        var request = new CreateProbe("outside", Tcp, Sli: new NewSli("shop", "Answers from outside"));

        Assert.True((await create.HandleAsync(request, MeasuringPortal.Administrator, Ct)).Succeeded);
        Assert.Equal(1, await files.ScalarAsync("SELECT count(*) FROM probes p JOIN slis s ON s.id = p.sli_id WHERE s.slug = 'answers-from-outside'"));
        Assert.Contains("SliName", (await create.HandleAsync(request with { Name = "again" }, MeasuringPortal.Administrator, Ct)).Refusal!.Fields!.Keys);
        Assert.Equal(RefusalKind.Denied, (await create.HandleAsync(request with { Name = "other" }, files.Portal.Owner, Ct)).Refusal?.Kind);
        Assert.Equal(1, await files.ScalarAsync("SELECT count(*) FROM sources WHERE kind = 'Probe'"));
    }

    [Fact]
    public async Task Update_OtherServerWithTheStoredSecret_IsRefused()
    {
        var check = new ProbeCheck { Kind = ProbeKind.Http, Url = "https://shop.example.com/health" };
        var id = (await files.Portal.Get<CreateProbe.Handler>().HandleAsync(new CreateProbe("web", check, files.SliId, Authorization: "Bearer secret"), MeasuringPortal.Administrator, Ct)).Require();
        var update = files.Portal.Get<UpdateProbe.Handler>();
        var request = new UpdateProbe(id, "web", check with { Url = "https://evil.example.com/health" }, 60, 10);

        Assert.Contains("Authorization", (await update.HandleAsync(request, MeasuringPortal.Administrator, Ct)).Refusal!.Fields!.Keys);
        Assert.True((await update.HandleAsync(request with { Check = check with { Url = "https://shop.example.com/other" } }, MeasuringPortal.Administrator, Ct)).Succeeded);
        Assert.True((await update.HandleAsync(request with { Authorization = "" }, MeasuringPortal.Administrator, Ct)).Succeeded);
    }

    private ProbeCheck Tcp => new() { Kind = ProbeKind.Tcp, Host = "127.0.0.1", Port = server.Port };

    private ProbePass Pass(ProbeNetwork? network = null) => new(
        files.Portal.Get<IDbContextFactory<PortalDbContext>>(), new ProbeRunner(network ?? new ProbeNetwork(), files.Portal.Clock), files.Portal.Get<ProbeStore>(), files.Portal.Get<SourceSecrets>(), files.Portal.Clock, NullLogger<ProbePass>.Instance);

    private async Task RunAsync(ProbePass pass)
    {
        await pass.RunAsync(files.Portal.Clock.GetUtcNow(), Ct);
        await pass.Idle;
    }

    private void Advance(int seconds) => files.Portal.Clock.Advance(TimeSpan.FromSeconds(seconds));

    private async Task<int> CreateAsync(string name = "door", IReadOnlyList<string>? locations = null, string? authorization = null) =>
        (await files.Portal.Get<CreateProbe.Handler>().HandleAsync(new CreateProbe(name, Tcp, files.SliId, Locations: locations, Authorization: authorization), MeasuringPortal.Administrator, Ct)).Require();

    private async Task<ProbeDetails> GetAsync(int id) => (await files.Portal.Get<GetProbe.Handler>().HandleAsync(new GetProbe(id), MeasuringPortal.Administrator, Ct)).Require();

    private async Task<TakenResults> TakeAsync(string location, IReadOnlyList<AgentResult> results) =>
        (await files.Portal.Get<TakeProbeResults.Handler>().HandleAsync(new TakeProbeResults(location, files.Portal.Clock.GetUtcNow().AddSeconds(7), 5, results), Agent, Ct)).Require();
}
