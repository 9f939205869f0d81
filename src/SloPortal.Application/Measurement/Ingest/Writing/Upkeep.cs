using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Measurement.Ingest.Series;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>When series are forgotten and when checkpoints are written.</summary>
internal sealed class Upkeep(IngestSettings settings, CheckpointStore store, ILogger logger)
{
    /// <summary>So many new series leave some 20 MB behind.</summary>
    private const int ManySeries = 10_000;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private DateTimeOffset? _swept;
    private long? _since;
    private long _bytes;
    private int _added;
    private Task _writing = Task.CompletedTask;

    /// <summary>The table is read anew.</summary>
    public void Forget() => (_swept, _since, _bytes) = (null, null, 0);

    /// <summary>The table was read, so many series of it.</summary>
    public void Restored(int series) => _added = series;

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

    /// <summary>
    /// Has the memory collected once the many series of a new sender are stored. What that took was in use long enough to grow old, and
    /// counting allocates so little that nothing else would have it collected for hours.
    /// </summary>
    public void Tidy(IngestGroup group)
    {
        _added += group.NewSeries.Count;
        if (_added >= ManySeries && group.NewSeries.Count < ManySeries / 10)
        {
            _added = 0;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
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
