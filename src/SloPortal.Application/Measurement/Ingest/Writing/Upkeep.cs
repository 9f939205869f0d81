using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Measurement.Ingest.Series;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>When series are forgotten and when checkpoints are written.</summary>
internal sealed class Upkeep(IngestSettings settings, CheckpointStore store, ILogger logger)
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private DateTimeOffset? _swept;
    private long? _since;
    private long _bytes;
    private Task _writing = Task.CompletedTask;

    /// <summary>The table is read anew.</summary>
    public void Forget() => (_swept, _since, _bytes) = (null, null, 0);

    /// <summary>Forgets idle series, now and then, at the start of a group.</summary>
    public void Sweep(SeriesTable table, PendingGroup pending)
    {
        _swept ??= pending.Now;
        if (pending.Now - _swept >= SweepEvery)
        {
            _swept = pending.Now;
            table.Sweep((pending.Now - settings.SeriesIdle).ToUnixTimeMilliseconds(), pending.Group);
        }
    }

    /// <summary>
    /// Writes a checkpoint when one is due. The state is copied here, between two groups; it is stored beside the next ones.
    /// By the stopwatch: it bounds what a restart reads again, also where the clock is that of a replay and runs fast.
    /// </summary>
    public void Checkpoint(LogFollower follower, PendingGroup pending, CancellationToken ct)
    {
        _since ??= Stopwatch.GetTimestamp();
        _bytes += pending.Group.Log.Bytes;
        if (_bytes == 0 || (_bytes < settings.CheckpointBytes && Stopwatch.GetElapsedTime(_since.Value) < settings.CheckpointEvery) || !_writing.IsCompleted)
        {
            return;
        }

        (_since, _bytes) = (Stopwatch.GetTimestamp(), 0);
        var (seq, now, chunks) = (follower.Seq, pending.Now, follower.Table.Checkpoint().ToArray());
        _writing = Task.Run(() => WriteAsync(seq, chunks, now, ct), ct);
    }

    private async Task WriteAsync(long seq, byte[][] chunks, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            if (await store.WriteAsync(seq, chunks, now, ct))
            {
                logger.LogDebug("Checkpoint of the series at row {Seq} of the log: {Bytes} bytes", seq, chunks.Sum(c => (long)c.Length));
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogWarning(e, "No checkpoint of the series could be written; a later one is tried");
        }
    }
}
