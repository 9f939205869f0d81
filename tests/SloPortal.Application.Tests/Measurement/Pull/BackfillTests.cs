using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Application.Measurement.Pull.Backfills;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Measurement;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Pull;

/// <summary>The history of a new SLI on real servers: what the server holds of thirty days counts once, whatever is counted live.</summary>
public sealed class BackfillTests
{
    private static readonly SliDraft Errors = new() { Kind = SliKind.CounterRatio, Bad = "http_requests_total{code=~\"5..\"}", Total = "http_requests_total" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    // Fewer, since it answers more slowly.
    [InlineData("prometheus", 5)]
    [InlineData("victoria-metrics", 31)]
    public async Task Pass_HistoryOnARealServer_CountsEachMinuteAsItsSamplesSay(string program, int days)
    {
        Assert.SkipUnless(HistoryServer.IsInstalled(program), $"{program} is not installed; apt-get install {program} runs this test.");
        var history = History().Where(s => s.At > MeasuringPortal.Now.AddDays(-days)).ToArray();
        using var server = await HistoryServer.StartAsync(program, history, Ct);
        await using var portal = await MeasuringPortal.OpenAsync(Ct);
        var writer = portal.Get<IngestWriter>();
        await writer.StartAsync(Ct);
        try
        {
            var source = (await portal.Get<CreatePullSource.Handler>().HandleAsync(new CreatePullSource("history", server.Url), MeasuringPortal.Administrator, Ct)).Require();
            var early = (await portal.Get<CreateSli.Handler>().HandleAsync(new CreateSli("shop", "early", "Early", "", source, Errors), portal.Owner, Ct)).Require();
            var run = portal.Get<BackfillRun>();
            Assert.False(await run.StepAsync(early, Ct), "It does not know yet from where the pull counts.");
            await PullAsync(portal, source);
            // The second reads series that are counted already, from a log that begins before it.
            var late = (await portal.Get<CreateSli.Handler>().HandleAsync(new CreateSli("shop", "late", "Late", "", source, Errors), portal.Owner, Ct)).Require();
            portal.Clock.Advance(TimeSpan.FromMinutes(1));
            await PullAsync(portal, source);

            // Each step begins with what the one before has stored.
            Assert.True(await run.StepAsync(early, Ct));
            while (await run.StepAsync(early, Ct))
                ;
            while (await run.StepAsync(late, Ct))
                ;

            var since = MeasuringPortal.Now - Backfill.Reach;
            var expected = Counted(history.Where(s => s.At > since)).OrderBy(m => m.Key).Select(m => (m.Key, m.Value.Good, m.Value.Total)).ToArray();
            Assert.Equal(expected, await MinutesAsync(portal, early));
            Assert.Equal(expected, await MinutesAsync(portal, late));
            var progress = (await portal.Get<GetSli.Handler>().HandleAsync(new GetSli(early), portal.Owner, Ct)).Require().Backfill;
            Assert.Equal((since, true, null), (progress!.Since, progress.FinishedAt is not null, progress.Problem));
            Assert.False(await run.StepAsync(early, Ct));
        }
        finally
        {
            await writer.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task StepAsync_SomebodyElseCountedTheWindow_CountsNothing()
    {
        Assert.SkipUnless(HistoryServer.IsInstalled("victoria-metrics"), "victoria-metrics is not installed; apt-get install victoria-metrics runs this test.");
        using var server = await HistoryServer.StartAsync("victoria-metrics", History(), Ct);
        await using var portal = await MeasuringPortal.OpenAsync(Ct);
        var writer = portal.Get<IngestWriter>();
        await writer.StartAsync(Ct);
        try
        {
            var source = (await portal.Get<CreatePullSource.Handler>().HandleAsync(new CreatePullSource("history", server.Url), MeasuringPortal.Administrator, Ct)).Require();
            var sli = (await portal.Get<CreateSli.Handler>().HandleAsync(new CreateSli("shop", "success", "Success", "", source, Errors), portal.Owner, Ct)).Require();
            await PullAsync(portal, source);
            var run = portal.Get<BackfillRun>();
            Assert.True(await run.StepAsync(sli, Ct));
            var total = await TotalAsync(portal, sli);

            await Task.WhenAll(run.StepAsync(sli, Ct), run.StepAsync(sli, Ct), run.StepAsync(sli, Ct));

            // Six events a minute; how many of the three came first is theirs.
            await using var hours = portal.Database.CreateCommand("SELECT extract(epoch FROM done_until - since)::double precision / 3600 FROM backfills");
            Assert.Equal(total + (((double)(await hours.ExecuteScalarAsync(Ct))! - 1) * 360), await TotalAsync(portal, sli));
        }
        finally
        {
            await writer.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Pass_ServerThatIsAway_SaysWhyAndTriesAgainLater()
    {
        await using var portal = await MeasuringPortal.OpenAsync(Ct);
        var source = (await portal.Get<CreatePullSource.Handler>().HandleAsync(new CreatePullSource("away", $"http://127.0.0.1:{FreePort.Take()}"), MeasuringPortal.Administrator, Ct)).Require();
        var sli = (await portal.Get<CreateSli.Handler>().HandleAsync(new CreateSli("shop", "success", "Success", "", source, Errors), portal.Owner, Ct)).Require();
        await using (var met = portal.Database.CreateCommand("UPDATE backfills SET has_heads = true"))
            await met.ExecuteNonQueryAsync(Ct);

        await new BackfillPass(portal.Get<IDbContextFactory<PortalDbContext>>(), portal.Get<BackfillRun>()).RunAsync(portal.Clock.GetUtcNow(), Ct);

        var progress = (await portal.Get<GetSli.Handler>().HandleAsync(new GetSli(sli), portal.Owner, Ct)).Require().Backfill;
        Assert.Contains("cannot be reached", progress!.Problem, StringComparison.Ordinal);
        Assert.Equal(progress.Since, progress.DoneUntil);
    }

    /// <summary>
    /// A minute apart: one that runs through with a restart and a gap of three hours, one that ended before the pull looks, one that began
    /// within what it looks at, and one that counts failures.
    /// </summary>
    private static IEnumerable<ServedSample> History()
    {
        var begin = MeasuringPortal.Now.AddDays(-31);
        foreach (var (series, from, to, each) in new[] { ("code=\"200\",pod=\"a\"", 0, 44_641, 3), ("code=\"200\",pod=\"b\"", 500, 30_000, 2), ("code=\"200\",pod=\"c\"", 44_400, 44_641, 5), ("code=\"503\",pod=\"a\"", 0, 44_641, 1) })
        {
            for (var i = from; i < to; i++)
            {
                if (i is < 20_000 or > 20_180)
                    yield return new ServedSample($"http_requests_total{{{series}}}", begin.AddMinutes(i).AddSeconds(7), (i < 25_000 ? i : i - 25_000) * each);
            }
        }
    }

    /// <summary>Good and total by minute, straight from the samples of each series.</summary>
    private static Dictionary<DateTimeOffset, (double Good, double Total)> Counted(IEnumerable<ServedSample> samples)
    {
        var minutes = new Dictionary<DateTimeOffset, (double Good, double Total)>();
        foreach (var series in samples.GroupBy(s => s.Series))
        {
            double? before = null;
            foreach (var (_, at, value) in series.OrderBy(s => s.At))
            {
                if (before is { } last)
                {
                    var (rise, minute) = (value < last ? value : value - last, at.AddSeconds(-at.Second));
                    var (good, total) = minutes.GetValueOrDefault(minute);
                    minutes[minute] = (good + (series.Key.Contains("200", StringComparison.Ordinal) ? rise : 0), total + rise);
                }
                before = value;
            }
        }
        return minutes;
    }

    private static async Task PullAsync(MeasuringPortal portal, int id)
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ct);
        await portal.Get<SourcePull>().RunAsync(await db.Sources.AsNoTracking().SingleAsync(s => s.Id == id, Ct), portal.Clock.GetUtcNow(), Ct);
    }

    private static async Task<(DateTimeOffset, double, double)[]> MinutesAsync(MeasuringPortal portal, int sli)
    {
        await using var command = portal.Database.CreateCommand("SELECT minute, good, total FROM sli_minutes WHERE sli_id = $1 ORDER BY minute");
        command.Parameters.Add(new NpgsqlParameter { Value = sli });
        var rows = new List<(DateTimeOffset, double, double)>();
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
            rows.Add((reader.GetFieldValue<DateTimeOffset>(0), reader.GetDouble(1), reader.GetDouble(2)));
        return [.. rows];
    }

    private static async Task<double> TotalAsync(MeasuringPortal portal, int sli) => (await MinutesAsync(portal, sli)).Sum(m => m.Item3);
}
