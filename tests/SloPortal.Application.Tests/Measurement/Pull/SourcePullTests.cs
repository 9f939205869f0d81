using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Measurement;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Pull;

/// <summary>Real servers with a known history are the peers: a Prometheus over blocks, and a VictoriaMetrics.</summary>
public sealed class SourcePullTests
{
    private static readonly SliDraft Errors = new() { Kind = SliKind.CounterRatio, Bad = "http_requests_total{code=~\"5..\"}", Total = "http_requests_total" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("prometheus")]
    [InlineData("victoria-metrics")]
    public async Task RunAsync_HistoryOnARealServer_CountsWhatThePreviewShowedAndNothingTwice(string program)
    {
        Assert.SkipUnless(HistoryServer.IsInstalled(program), $"{program} is not installed; apt-get install {program} runs this test.");
        await using var portal = await MeasuringPortal.OpenAsync(Ct);
        using var server = await HistoryServer.StartAsync(program, History, Ct);
        var writer = portal.Get<IngestWriter>();
        await writer.StartAsync(Ct);
        try
        {
            var id = (await portal.Get<CreatePullSource.Handler>().HandleAsync(new CreatePullSource("history", server.Url, 60, "Bearer secret"), MeasuringPortal.Administrator, Ct)).Require();
            var preview = (await portal.Get<PreviewSli.Handler>().HandleAsync(new PreviewSli(id, Errors), portal.Owner, Ct)).Require();
            var sli = (await portal.Get<CreateSli.Handler>().HandleAsync(new CreateSli("shop", "success", "Success", "", id, Errors), portal.Owner, Ct)).Require();

            await PullAsync(portal, id);
            await PullAsync(portal, id);

            // 1,380 samples of each of two series, 8 events between two instants.
            var counts = (await portal.Get<GetSliCounts.Handler>().HandleAsync(new GetSliCounts(sli, null, null, 60), portal.Owner, Ct)).Require();
            Assert.Equal(1379 * 8, counts.Sum(c => c.Total));
            Assert.Equal(1379 * 7, counts.Sum(c => c.Good));
            Assert.Equal((preview.Good, preview.Total), (counts.Sum(c => c.Good), counts.Sum(c => c.Total)));
            var source = (await portal.Get<GetSource.Handler>().HandleAsync(new GetSource(id), portal.Owner, Ct)).Require();
            Assert.Equal((SourceState.Arriving, true), (source.Row.State, source.HasAuthorization));
        }
        finally
        {
            await writer.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Two counters, a sample every 15 seconds.</summary>
    private static IEnumerable<ServedSample> History =>
        from counter in ((string Code, int Rate)[])[("200", 7), ("503", 1)]
        from i in Enumerable.Range(0, 1380)
        select new ServedSample($"http_requests_total{{job=\"shop\",code=\"{counter.Code}\"}}", MeasuringPortal.Now.AddHours(-6).AddMinutes(5).AddSeconds(i * 15), i * counter.Rate);

    [Fact]
    public async Task RunAsync_ServerThatIsAway_NotesASentence()
    {
        await using var portal = await MeasuringPortal.OpenAsync(Ct);
        var id = (await portal.Get<CreatePullSource.Handler>().HandleAsync(new CreatePullSource("away", $"http://127.0.0.1:{FreePort.Take()}"), MeasuringPortal.Administrator, Ct)).Require();

        await PullAsync(portal, id);

        var source = (await portal.Get<GetSource.Handler>().HandleAsync(new GetSource(id), portal.Owner, Ct)).Require();
        Assert.Equal(SourceState.Failing, source.Row.State);
        Assert.Contains("cannot be reached", source.Row.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreatePullSource_NotAnAdministrator_IsDenied()
    {
        await using var portal = await MeasuringPortal.OpenAsync(Ct);

        var outcome = await portal.Get<CreatePullSource.Handler>().HandleAsync(new CreatePullSource("mine", "http://127.0.0.1:1"), portal.Owner, Ct);

        Assert.Equal(Domain.Common.RefusalKind.Denied, outcome.Refusal?.Kind);
    }

    private static async Task PullAsync(MeasuringPortal portal, int id)
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ct);
        await portal.Get<SourcePull>().RunAsync(await db.Sources.AsNoTracking().SingleAsync(s => s.Id == id, Ct), portal.Clock.GetUtcNow(), Ct);
    }
}
