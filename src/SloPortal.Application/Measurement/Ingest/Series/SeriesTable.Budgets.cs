using System.Runtime.InteropServices;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>
/// What the budgets of sources leave out (decision 0030): series beyond the most that a source may have, and samples that say nothing which a
/// later one does not say.
/// </summary>
public sealed partial class SeriesTable
{
    // A minute is taken as over so long after its end, milliseconds: senders are a few seconds behind.
    private const long MinuteIsOver = 15_000;

    private readonly Dictionary<int, int> _stored = [];
    private readonly Dictionary<int, RawSample> _held = [];
    private IReadOnlyDictionary<int, int> _mostSeries = new Dictionary<int, int>();
    private long _givenUpTo;

    /// <summary>Whether a sample is held of a minute that is over.</summary>
    public bool HoldsSince(DateTimeOffset now) => _held.Count > 0 && OverAt(now) > _givenUpTo;

    /// <summary>How many series of a source are stored: the same in every portal that has read the same log.</summary>
    public int StoredOf(int sourceId) => _stored.GetValueOrDefault(sourceId);

    /// <summary>The most series by source. What had no room is looked at anew.</summary>
    public void UseBudgets(IReadOnlyDictionary<int, int> mostSeries)
    {
        ArgumentNullException.ThrowIfNull(mostSeries);
        _mostSeries = mostSeries;
        ForgetTheUncounted();
    }

    /// <summary>Takes what is held of minutes that are over, once for each minute.</summary>
    public void TakeHeld(DateTimeOffset now, IngestGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (!HoldsSince(now))
        {
            return;
        }

        _givenUpTo = OverAt(now);
        foreach (var (id, held) in _held)
        {
            if (held.Time >= _givenUpTo)
            {
                continue;
            }

            // Removing is allowed while a dictionary is walked.
            _held.Remove(id);
            if (_byId.TryGetValue(id, out var index))
            {
                Take(index, held.Time, held.Value, group.TallyOf(_entries[index].SourceId), group);
            }
        }
    }

    private void TakeHeld(int index, SourceTally tally, IngestGroup group)
    {
        if (index >= 0 && _held.Remove(_entries[index].Id, out var held))
        {
            Take(index, held.Time, held.Value, tally, group);
        }
    }

    /// <summary>
    /// Keeps the last sample of each minute. Of a counter it is held until one of a later minute comes, or one that fell, so that the minutes
    /// count what they would with all samples, restarts of the sender included. Of a gauge the first sample of a minute is kept.
    /// </summary>
    private void TakeThinly(int index, long time, double value, SourceTally tally, IngestGroup group)
    {
        ref readonly var entry = ref _entries[index];
        if (entry.IsDelta || entry.History.Count == 0)
        {
            Take(index, time, value, tally, group);
            return;
        }

        var (newest, newestValue) = Newest(index);
        if (!IsCounter(index))
        {
            if (time > newest && UnixMinute.Of(time) == UnixMinute.Of(newest))
            {
                tally.Thinned++;
                return;
            }

            Take(index, time, value, tally, group);
            return;
        }

        if (_held.TryGetValue(entry.Id, out var held))
        {
            if (held.Time == time && held.Value.Equals(value))
            {
                tally.Duplicates++;
                return;
            }

            if (newest < held.Time && newestValue <= held.Value && held.Time < time && held.Value <= value && UnixMinute.Of(held.Time) == UnixMinute.Of(time))
            {
                tally.Thinned++;
            }
            else
            {
                Take(index, held.Time, held.Value, tally, group);
                _held.Remove(entry.Id);
                newest = Newest(index).Time;
            }
        }

        if (time > newest)
        {
            _held[entry.Id] = new RawSample(time, value);
        }
        else
        {
            Take(index, time, value, tally, group);
        }
    }

    private RawSample Newest(int index)
    {
        ref readonly var history = ref _entries[index].History;
        return new RawSample(history.TimeAt(history.Count - 1), history.ValueAt(history.Count - 1));
    }

    /// <summary>What no SLI reads is told by its name, as Prometheus and OpenTelemetry name counters.</summary>
    private bool IsCounter(int index)
    {
        var links = _entries[index].Links;
        if (links != LinkLists.None)
        {
            return _links.IsCounter(links);
        }

        var name = LabelsOf(index).MetricName.AsSpan();
        return name.EndsWith("_total") || name.EndsWith("_count") || name.EndsWith("_sum") || name.EndsWith("_bucket");
    }

    private bool HasNoRoom(int sourceId) => _mostSeries.TryGetValue(sourceId, out var most) && StoredOf(sourceId) >= most;

    private void CountStored(int sourceId, int change) => CollectionsMarshal.GetValueRefOrAddDefault(_stored, sourceId, out _) += change;

    private static long OverAt(DateTimeOffset now) => UnixMinute.Of(now.ToUnixTimeMilliseconds() - MinuteIsOver) * UnixMinute.Milliseconds;
}
