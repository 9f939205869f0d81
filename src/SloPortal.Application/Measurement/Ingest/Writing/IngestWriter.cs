using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Cost;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Data;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>
/// The one writer of this portal (decision 0003). It takes all waiting requests as a group, applies them to the series table while it
/// holds the head of the log, commits, and answers. Whenever it cannot know what the database holds, it forgets the table and reads it anew.
/// </summary>
public sealed class IngestWriter(
    NpgsqlDataSource dataSource, IDbContextFactory<PortalDbContext> contexts, IngestSettings settings, TimeProvider clock, ILogger<IngestWriter> logger)
    : BackgroundService, IReadiness
{
    private static readonly TimeSpan IdleTick = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly RateGate _gate = new(clock);
    private readonly IngestQueue _queue = new(settings);
    private readonly List<IngestRequest> _taken = [];
    private readonly PendingGroup _pending = new();
    private readonly Notices _notices = new();
    private readonly Upkeep _upkeep = new(settings, new CheckpointStore(dataSource, settings), logger);
    private volatile bool _away;
    private volatile bool _restored;

    string IReadiness.Name => "ingest";

    string? IReadiness.Problem =>
        !_restored ? "The state of the series is being read." : _away ? "Samples cannot be stored at present; senders are asked to send them again." : null;

    /// <summary>What came lately to this portal from sources whose rate is limited.</summary>
    internal RateGate Gate => _gate;

    /// <summary>Whether a request would be put off whatever it holds, so that it need not even be read.</summary>
    public bool IsBusy => _queue.IsFull;

    /// <summary>
    /// Stores the request with the next group. The writer owns it from here on. Not cancelled by its sender: what is in a group is stored.
    /// </summary>
    public Task<IngestAnswer> WriteAsync(IngestRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_away)
        {
            request.Answer(IngestAnswer.Unavailable);
        }
        else if (_queue.IsFull)
        {
            // Before the gate, which counts what it admits and hands over what was put off before.
            request.Answer(IngestAnswer.Busy);
        }
        else if (!_gate.Admits(request))
        {
            request.Answer(IngestAnswer.OverRate);
        }
        else if (!_queue.TryAdd(request))
        {
            request.Answer(IngestAnswer.Busy);
        }

        return request.Answered;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await RunConnectedAsync(stoppingToken);
            }
        }
        finally
        {
            _away = true;
            _queue.Close();
            _queue.AnswerAll(IngestAnswer.Unavailable);
        }
    }

    private async Task RunConnectedAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(ct);
            var follower = await LogFollower.RestoreAsync(connection, settings, contexts, ct);
            logger.LogDebug("Ingest is ready: {Series} series up to row {Seq} of the log", follower.Table.StoredCount, follower.Seq);
            _upkeep.Restored(follower.Table.StoredCount);
            _gate.Use(follower.Budgets);
            (_away, _restored) = (false, true);
            while (follower is not null)
            {
                follower = await StepAsync(connection, follower, ct);
            }
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // The portal stops. What was taken is told to come again below; whatever broke off is of no interest any more.
        }
        catch (Exception e)
        {
            _away = true;
            IngestMetrics.Failed();
            logger.LogError(e, "Ingest cannot store samples; senders are asked to send again. It starts anew in {Delay}", RetryAfter);
        }
        finally
        {
            _upkeep.Forget();
            _taken.ForEach(r => r.Answer(IngestAnswer.Unavailable));
            _taken.Clear();
        }

        if (_away)
        {
            _queue.AnswerAll(IngestAnswer.Unavailable);
            await Task.Delay(RetryAfter, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One group, or one look at what others wrote. Null when the table must be read anew.</summary>
    private async Task<LogFollower?> StepAsync(NpgsqlConnection connection, LogFollower follower, CancellationToken ct)
    {
        if (!await _queue.WaitAsync(IdleTick, ct) && !follower.Table.HoldsSince(clock.GetUtcNow()))
        {
            var caughtUp = await follower.CatchUpAsync(connection, await IngestHead.ReadAsync(connection, ct), ct);
            _gate.Use(follower.Budgets);
            return caughtUp ? follower : null;
        }

        _queue.Take(_taken, settings.SamplesPerGroup);
        var started = Stopwatch.GetTimestamp();
        var head = await IngestHead.LockAsync(connection, ct);
        if (!await follower.CatchUpAsync(connection, head, ct))
        {
            return null;
        }

        _gate.Use(follower.Budgets);
        _pending.Clear();
        _pending.Now = clock.GetUtcNowInMicroseconds();
        _pending.Seq = head.Seq + 1;
        _upkeep.Sweep(follower.Table, _pending);
        await PushReceipts.MeetAsync(connection, _taken, _pending.NewReceipts, ct);
        await RowKeys.MeetAsync(connection, _taken, _pending.Pieces, ct);
        Fold(follower.Table);
        _pending.NextSeriesId = follower.Table.NextSeriesId;
        _notices.Choose(_pending);
        await new GroupStore(connection).CommitAsync(_pending, ct);
        if (!_pending.Group.Log.IsEmpty)
        {
            follower.Advance(_pending.Seq);
        }

        _taken.ForEach(r => r.Answer(IngestAnswer.Stored));
        _taken.Clear();
        IngestMetrics.Committed(Stopwatch.GetElapsedTime(started), _pending.Group);
        _upkeep.Checkpoint(follower, _pending, ct);
        _upkeep.Tidy(_pending.Group);
        return follower;
    }

    private void Fold(SeriesTable table)
    {
        var rules = Domain.Measurement.SampleRules.At(_pending.Now, settings.OldestSample);
        foreach (var request in _taken)
        {
            request.FoldInto(table, rules, _pending.Group);
        }

        table.TakeHeld(_pending.Now, _pending.Group);
    }
}
