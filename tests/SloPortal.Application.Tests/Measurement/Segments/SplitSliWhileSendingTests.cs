using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.RemoteWrite;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Segments;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Application.Tests.Measurement.Segments;

/// <summary>An SLI is split, otherwise, and no longer, while two portals take samples of it and start anew.</summary>
public sealed class SplitSliWhileSendingTests : IAsyncLifetime
{
    private const int Series = 20;

    private static readonly SliDraft Errors = new() { Kind = SliKind.CounterRatio, Bad = "http_requests_total{code=~\"5..\"}", Total = "http_requests_total" };
    private static readonly string[] Regions = ["", "eu", "us", "ap", "sa", "af"];

    private readonly Random _random = new(5);
    private readonly double[] _values = new double[Series];
    private readonly IngestWriter[] _writers = new IngestWriter[2];
    private MeasuringPortal _portal = null!;
    private int _sli;
    private int _scrapes;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await MeasuringPortal.OpenAsync(Ct);
        _sli = (await _portal.Get<CreateSli.Handler>().HandleAsync(new CreateSli("shop", "requests", "Requests that succeed", "", _portal.SourceId, Errors), _portal.Owner, Ct)).Require();
        _writers[0] = await StartAsync();
        _writers[1] = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers)
            await StopAsync(writer);
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task HandleAsync_SplitIsSetAndChangedWhileSending_SegmentsAreTheSliFromTheFirstMinuteOn()
    {
        await SendAsync(20);
        foreach (var (labels, cap) in new (string[], int)[] { (["region"], 3), (["code"], 50), (["region", "code"], 4), (["region"], 50) })
        {
            using var enough = new CancellationTokenSource();
            var sending = SendAsync(int.MaxValue, enough.Token);
            (await _portal.Get<SplitSli.Handler>().HandleAsync(new SplitSli(_sli, labels, cap), _portal.Owner, Ct)).Require();
            await enough.CancelAsync();
            await sending;
            await SendAsync(30);
            await StopAsync(_writers[0]);
            _writers[0] = await StartAsync();
            await SendAsync(10);

            var split = await PresentAsync();
            var expected = await MinutesAsync($"sli_id = {_sli} AND minute >= '{split.Since:O}'");
            Assert.NotEmpty(expected);
            Assert.Equal(expected, await MinutesAsync($"sli_id IN (SELECT id FROM sli_segments WHERE split_id = {split.Id})"));
            // The log goes back to the first sample, so all of it is told apart.
            Assert.Equal(Minutes(expected)[0], (await MinutesAsync($"sli_id = {_sli}"))[0].Minute);
            var segments = await SegmentsAsync(split.Id);
            Assert.Equal(segments.Count, segments.DistinctBy(s => (s.IsOther, string.Join('|', s.LabelValues))).Count());
            Assert.Equal(cap < 10, segments.Exists(s => s.IsOther));
            Assert.Equal(cap < 10 ? cap : labels[0] == "code" ? 2 : Regions.Length, segments.Count(s => !s.IsOther));
        }
    }

    [Fact]
    public async Task HandleAsync_LogBeginsLaterThanTheSli_CountsApartFromTheMinuteThatIsWholeOn()
    {
        await SendAsync(60);
        await ExecuteAsync("UPDATE ingest_head SET checkpoint_seq = checkpoint_seq");
        await ExecuteAsync("DELETE FROM ingest_log WHERE seq <= 30");

        (await _portal.Get<SplitSli.Handler>().HandleAsync(new SplitSli(_sli, ["region"], 50), _portal.Owner, Ct)).Require();

        var split = await PresentAsync();
        var all = await MinutesAsync($"sli_id = {_sli}");
        var expected = all.Where(m => m.Minute >= split.Since).ToList();
        Assert.NotEmpty(expected);
        Assert.True(split.Since > all[0].Minute);
        Assert.Equal(expected, await MinutesAsync($"sli_id IN (SELECT id FROM sli_segments WHERE split_id = {split.Id})"));
    }

    [Fact]
    public async Task HandleAsync_NothingIsLogged_BeginsWithThisMinuteAndOneSegmentForASeriesWithoutTheLabel()
    {
        (await _portal.Get<SplitSli.Handler>().HandleAsync(new SplitSli(_sli, ["region"], 2), _portal.Owner, Ct)).Require();
        Assert.Equal(MeasuringPortal.Now, (await PresentAsync()).Since);
        await SendAsync(4);

        var segments = await SegmentsAsync((await PresentAsync()).Id);
        Assert.Equal([["", ], ["eu"], []], segments.Select(s => s.LabelValues));
        Assert.Equal(SliSegment.FirstId, segments[0].Id);
    }

    [Fact]
    public async Task HandleAsync_SliIsMadeWithASplit_IsCountedApartFromItsFirstMinuteOn()
    {
        await SendAsync(20);
        var request = new CreateSli("shop", "made-split", "Requests by region", "", _portal.SourceId, Errors, new SplitDraft(["region"], 3));
        var wrong = await _portal.Get<CreateSli.Handler>().HandleAsync(request with { Split = new SplitDraft(["le"]) }, _portal.Owner, Ct);
        var none = await _portal.Get<CreateSli.Handler>().HandleAsync(request with { Split = new SplitDraft([]) }, _portal.Owner, Ct);
        var made = (await _portal.Get<CreateSli.Handler>().HandleAsync(request, _portal.Owner, Ct)).Require();
        await SendAsync(10);

        Assert.Contains("bound of a bucket", wrong.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal("Choose one label, or two.", none.Refusal!.Message);
        Assert.Equal(await MinutesAsync($"sli_id = {made}"), await MinutesAsync($"sli_id IN (SELECT id FROM sli_segments WHERE sli_id = {made})"));
        Assert.NotEmpty(await MinutesAsync($"sli_id = {made}"));
    }

    [Fact]
    public async Task HandleAsync_Stranger_MayNeitherSplitNorEnd()
    {
        var split = await _portal.Get<SplitSli.Handler>().HandleAsync(new SplitSli(_sli, ["region"]), MeasuringPortal.Stranger, Ct);
        var end = await _portal.Get<EndSplit.Handler>().HandleAsync(new EndSplit(_sli), MeasuringPortal.Stranger, Ct);

        Assert.Equal((RefusalKind.Denied, RefusalKind.Denied), (split.Refusal?.Kind, end.Refusal?.Kind));
    }

    [Fact]
    public async Task HandleAsync_SplitEnds_CountsNoLongerApartAndKeepsWhatWasCounted()
    {
        (await _portal.Get<SplitSli.Handler>().HandleAsync(new SplitSli(_sli, ["region"], 50), _portal.Owner, Ct)).Require();
        await SendAsync(10);
        var before = await MinutesAsync("sli_id >= 1000000000");
        (await _portal.Get<EndSplit.Handler>().HandleAsync(new EndSplit(_sli), _portal.Owner, Ct)).Require();
        await SendAsync(10);

        Assert.Equal(before, await MinutesAsync("sli_id >= 1000000000"));
        Assert.Equal(RefusalKind.Conflict, (await _portal.Get<EndSplit.Handler>().HandleAsync(new EndSplit(_sli), _portal.Owner, Ct)).Refusal?.Kind);
    }

    private static DateTimeOffset[] Minutes(IEnumerable<(DateTimeOffset Minute, double Good, double Total)> minutes) => [.. minutes.Select(m => m.Minute)];

    private async Task<IngestWriter> StartAsync()
    {
        // A checkpoint after each group, so that a portal that starts anew begins with one.
        var writer = new IngestWriter(
            _portal.Database, _portal.Get<IDbContextFactory<PortalDbContext>>(), new IngestSettings { CheckpointBytes = 1 }, _portal.Clock, NullLogger<IngestWriter>.Instance);
        await writer.StartAsync(Ct);
        return writer;
    }

    private static async Task StopAsync(IngestWriter writer)
    {
        await writer.StopAsync(CancellationToken.None);
        writer.Dispose();
    }

    /// <summary>A scrape every 5 s of its own time, by turns to the portals; some come twice, and some late.</summary>
    private async Task SendAsync(int scrapes, CancellationToken enough = default)
    {
        var late = new List<byte[]>();
        for (var i = 0; i < scrapes && !enough.IsCancellationRequested; i++)
        {
            var body = NextScrape();
            if (_random.Next(6) == 0)
            {
                late.Add(body);
                continue;
            }
            var first = _random.Next(2);
            await StoreAsync(_writers[first], body);
            if (_random.Next(4) == 0)
                await StoreAsync(_writers[1 - first], body);
            foreach (var waiting in late)
                await StoreAsync(_writers[1 - first], waiting);
            late.Clear();
        }
        foreach (var waiting in late)
            await StoreAsync(_writers[0], waiting);
    }

    private async Task StoreAsync(IngestWriter writer, byte[] body)
    {
        Assert.True(RemoteWriteDecoder.TryDecode(body, _portal.SourceId, new WriteLimits(), out var write, out var problem), problem?.Sentence);
        Assert.Equal(IngestAnswer.Stored, await writer.WriteAsync(new WrittenSamples(write)));
    }

    private byte[] NextScrape()
    {
        var time = MeasuringPortal.Now.AddHours(-6).ToUnixTimeMilliseconds() + (_scrapes++ * 5000L);
        var request = new WriteRequestBuilder();
        for (var i = 0; i < Series; i++)
        {
            _values[i] = _random.Next(20) == 0 ? _random.Next(50) : _values[i] + _random.Next(50);
            request.Series(
                [("__name__", "http_requests_total"), ("code", i % 3 == 0 ? "503" : "200"), ("pod", i.ToString(CultureInfo.InvariantCulture)), ("region", Regions[i % Regions.Length])],
                (time, _values[i]));
        }

        return request.Body();
    }

    private async Task<SliSplit> PresentAsync()
    {
        await using var db = await _portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ct);
        return await db.SliSplits.SingleAsync(s => s.SliId == _sli && s.EndedAt == null, Ct);
    }

    private async Task<List<SliSegment>> SegmentsAsync(int split)
    {
        await using var db = await _portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ct);
        return await db.SliSegments.Where(s => s.SplitId == split).OrderBy(s => s.Id).ToListAsync(Ct);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _portal.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<List<(DateTimeOffset Minute, double Good, double Total)>> MinutesAsync(string where)
    {
        await using var command = _portal.Database.CreateCommand($"SELECT minute, sum(good), sum(total) FROM sli_minutes WHERE {where} GROUP BY minute ORDER BY minute");
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var minutes = new List<(DateTimeOffset, double, double)>();
        while (await reader.ReadAsync(Ct))
            minutes.Add((reader.GetFieldValue<DateTimeOffset>(0), reader.GetDouble(1), reader.GetDouble(2)));
        return minutes;
    }
}
