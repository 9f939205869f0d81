using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.RemoteWrite;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.Data;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Tests.Measurement.Slis;

/// <summary>SLIs are made while two portals take samples of the same source.</summary>
public sealed class CreateSliWhileSendingTests : IAsyncLifetime
{
    private const int Series = 12;
    private const int NewSlis = 6;

    private static readonly SliDraft Errors = new() { Kind = SliKind.CounterRatio, Bad = "http_requests_total{code=~\"5..\"}", Total = "http_requests_total" };

    private readonly Random _random = new(5);
    private readonly double[] _values = new double[Series];
    private MeasuringPortal _portal = null!;
    private double _good;
    private double _total;
    private int _scrapes;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await MeasuringPortal.OpenAsync(Ct);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task HandleAsync_SourceIsSending_LosesNothingAndCountsNothingTwice()
    {
        var writers = new[] { NewWriter(), NewWriter() };
        foreach (var writer in writers)
            await writer.StartAsync(Ct);
        var live = await CreateAsync("live");
        using var enough = new CancellationTokenSource();
        var sending = SendAsync(writers, enough.Token);

        var created = new List<int>();
        for (var i = 0; i < NewSlis; i++)
        {
            await UntilAsync(Volatile.Read(ref _scrapes) + 3, sending);
            created.Add(await CreateAsync($"created-{i}"));
        }

        await UntilAsync(Volatile.Read(ref _scrapes) + 3, sending);
        await enough.CancelAsync();
        await sending;
        foreach (var writer in writers)
        {
            await writer.StopAsync(Ct);
            writer.Dispose();
        }

        var expected = await MinutesAsync(live);
        Assert.Equal(_total, expected.Sum(m => m.Total));
        Assert.Equal(_good, expected.Sum(m => m.Good));
        foreach (var sli in created)
            Assert.Equal(expected, await MinutesAsync(sli));
    }

    private IngestWriter NewWriter() => new(
        _portal.Database, _portal.Get<IDbContextFactory<PortalDbContext>>(), new IngestSettings(), _portal.Clock, NullLogger<IngestWriter>.Instance);

    /// <summary>A scrape every 5 s of its own time, as fast as the portals answer; some are sent again to the other portal.</summary>
    private async Task SendAsync(IngestWriter[] writers, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var body = NextScrape();
            var first = _random.Next(2);
            await StoreAsync(writers[first], body);
            if (_random.Next(4) == 0)
                await StoreAsync(writers[1 - first], body);
            Interlocked.Increment(ref _scrapes);
        }
    }

    private async Task StoreAsync(IngestWriter writer, byte[] body)
    {
        Assert.True(RemoteWriteDecoder.TryDecode(body, _portal.SourceId, new WriteLimits(), out var write, out var problem), problem?.Sentence);
        Assert.Equal(IngestAnswer.Stored, await writer.WriteAsync(new WrittenSamples(write)));
    }

    private byte[] NextScrape()
    {
        var time = MeasuringPortal.Now.AddHours(-6).ToUnixTimeMilliseconds() + (_scrapes * 5000L);
        var request = new WriteRequestBuilder();
        for (var i = 0; i < Series; i++)
        {
            var restarted = _random.Next(20) == 0;
            var next = restarted ? _random.Next(50) : _values[i] + _random.Next(50);
            var increase = _scrapes == 0 ? 0 : next >= _values[i] ? next - _values[i] : next;
            var failed = i % 3 == 0;
            (_total, _good, _values[i]) = (_total + increase, _good + (failed ? 0 : increase), next);
            request.Series(
                [("__name__", "http_requests_total"), ("code", failed ? "503" : "200"), ("pod", i.ToString(CultureInfo.InvariantCulture))], (time, next));
        }

        return request.Body();
    }

    private async Task UntilAsync(int scrapes, Task sending)
    {
        while (Volatile.Read(ref _scrapes) < scrapes)
        {
            if (sending.IsCompleted)
                await sending;
            await Task.Delay(1, Ct);
        }
    }

    private async Task<int> CreateAsync(string slug) => (await _portal.Get<CreateSli.Handler>().HandleAsync(
        new CreateSli("shop", slug, "Requests that succeed", "", _portal.SourceId, Errors), _portal.Owner, Ct)).Require();

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
