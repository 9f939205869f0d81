using Npgsql;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Tests.Measurement.Slis;

public sealed class CreateSliTests : IAsyncLifetime
{
    private static readonly SliDraft Errors = new() { Kind = SliKind.CounterRatio, Bad = "http_requests_total{code=~\"5..\"}", Total = "http_requests_total" };

    private MeasuringPortal _portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await MeasuringPortal.OpenAsync(Ct);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task HandleAsync_SamplesInLog_CountsWhatThePreviewShowedAndALiveSliCounted()
    {
        var definition = (CounterRatio)Built(Errors);
        var writer = new LogWriter(_portal.Database);
        // An SLI with the same definition was there before the first sample.
        var live = await CreateAsync("live", Errors);
        writer.UseSlis(new ReadSli(live, _portal.SourceId, definition));
        await WriteHistoryAsync(writer);

        var preview = (await _portal.Get<PreviewSli.Handler>().HandleAsync(new PreviewSli(_portal.SourceId, Errors), _portal.Owner, Ct)).Require();
        var created = await CreateAsync("created", Errors);

        var (expected, actual) = (await MinutesAsync(live), await MinutesAsync(created));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, actual);
        Assert.Equal(expected.Sum(m => m.Total), preview.Total, 1e-9);
        Assert.Equal(expected.Sum(m => m.Good), preview.Good, 1e-9);
        Assert.Equal(3, preview.SeriesCount);
        Assert.Empty(preview.Warnings);
    }

    [Fact]
    public async Task HandleAsync_SamplesBeforeAndAfter_CountsEachOnce()
    {
        var definition = Built(Errors);
        var writer = new LogWriter(_portal.Database);
        var live = await CreateAsync("live", Errors);
        writer.UseSlis(new ReadSli(live, _portal.SourceId, definition));
        await WriteHistoryAsync(writer);
        var created = await CreateAsync("created", Errors);
        writer.UseSlis(new ReadSli(live, _portal.SourceId, definition), new ReadSli(created, _portal.SourceId, definition));

        await WriteHistoryAsync(writer, from: MeasuringPortal.Now.AddMinutes(-10), offset: 10_000);

        Assert.Equal(await MinutesAsync(live), await MinutesAsync(created));
    }

    [Fact]
    public async Task HandleAsync_StrangerToTheTeam_IsDenied()
    {
        var outcome = await _portal.Get<CreateSli.Handler>().HandleAsync(Request("errors", Errors), MeasuringPortal.Stranger, Ct);

        Assert.Equal(RefusalKind.Denied, outcome.Refusal?.Kind);
        Assert.Contains("Payments", outcome.Refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http_requests_total{code=~\"(a\"}", "parenthesis")]
    [InlineData("http_requests_total{code=~\"(?=a)b\"}", "could run away")]
    [InlineData("http_requests_total{code=~\"((a{1,100}){1,100}){1,100}\"}", "repeats too often")]
    [InlineData("{job!=\"a\"}", "every series")]
    public async Task HandleAsync_SelectorThatCannotServe_SaysWhyBesideTheField(string bad, string word)
    {
        var outcome = await _portal.Get<CreateSli.Handler>().HandleAsync(Request("errors", Errors with { Bad = bad }), _portal.Owner, Ct);

        Assert.Contains(word, Assert.Single(outcome.Refusal!.Fields!["Definition.Bad"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_NoSource_SaysWhy()
    {
        var outcome = await _portal.Get<CreateSli.Handler>().HandleAsync(Request("errors", Errors) with { SourceId = null }, _portal.Owner, Ct);

        Assert.Contains("count twice", outcome.Refusal!.Fields!["SourceId"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_SlugTaken_SaysSoBesideTheField()
    {
        await CreateAsync("errors", Errors);

        var outcome = await _portal.Get<CreateSli.Handler>().HandleAsync(Request("errors", Errors), _portal.Owner, Ct);

        Assert.Contains("already has an SLI", outcome.Refusal!.Fields!["Slug"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetSli_AfterBackfill_ShowsSeriesAndCoverage()
    {
        await WriteHistoryAsync(new LogWriter(_portal.Database));
        var id = await CreateAsync("errors", Errors);

        var sli = (await _portal.Get<GetSli.Handler>().HandleAsync(new GetSli(id), _portal.Owner, Ct)).Require();
        var counts = (await _portal.Get<GetSliCounts.Handler>().HandleAsync(new GetSliCounts(id, null, MeasuringPortal.Now, 5), _portal.Owner, Ct)).Require();

        Assert.Equal(3, sli.SeriesCount);
        Assert.Contains(sli.FirstSeries, s => s.Roles == "bad, total");
        Assert.True(sli.MayChange);
        Assert.Equal(sli.LastDay.Total, counts.Sum(c => c.Total), 1e-9);
        Assert.True(sli.LastHour.Total > 0);
        Assert.NotEmpty(sli.Hours);
    }

    private static SliDefinition Built(SliDraft draft) => draft.TryBuild(out var definition, out _) ? definition : throw new InvalidOperationException();

    private CreateSli Request(string slug, SliDraft draft) => new("shop", slug, "Requests that succeed", "", _portal.SourceId, draft);

    private async Task<int> CreateAsync(string slug, SliDraft draft) =>
        (await _portal.Get<CreateSli.Handler>().HandleAsync(Request(slug, draft), _portal.Owner, Ct)).Require();

    /// <summary>Three series every 15 s for 20 minutes, one of them restarting and one arriving late by one place.</summary>
    private async Task WriteHistoryAsync(LogWriter writer, DateTimeOffset? from = null, double offset = 0)
    {
        var start = (from ?? MeasuringPortal.Now.AddMinutes(-40)).ToUnixTimeMilliseconds();
        var (ok, failed, other) = (Series("200"), Series("503"), Series("404"));
        var lag = new List<(LabelSet, long, double)>();
        for (var i = 0; i < 80; i++)
        {
            var time = start + (i * 15_000);
            var samples = new List<(LabelSet, long, double)> { (ok, time, offset + (i * 7)), (failed, time, i % 30) };
            lag.Add((other, time, offset + i));
            if (lag.Count == 2)
            {
                samples.AddRange([lag[1], lag[0]]);
                lag.Clear();
            }
            await writer.WriteAsync(_portal.SourceId, DateTimeOffset.FromUnixTimeMilliseconds(time), Ct, [.. samples]);
        }
    }

    private static LabelSet Series(string code) => LabelSet.Of("http_requests_total", ("job", "shop"), ("code", code));

    private async Task<List<(DateTimeOffset Minute, double Good, double Total, double GoodSum, double TotalSum)>> MinutesAsync(int sli)
    {
        await using var command = _portal.Database.CreateCommand("SELECT minute, good, total, good_sum, total_sum FROM sli_minutes WHERE sli_id = $1 ORDER BY minute");
        command.Parameters.Add(new NpgsqlParameter { Value = sli });
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var minutes = new List<(DateTimeOffset, double, double, double, double)>();
        while (await reader.ReadAsync(Ct))
            minutes.Add((reader.GetFieldValue<DateTimeOffset>(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4)));
        return minutes;
    }
}
