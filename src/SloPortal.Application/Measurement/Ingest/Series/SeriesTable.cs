using System.Globalization;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>How many series are kept in memory.</summary>
/// <param name="MaxRead">Series that SLIs read. About 300 bytes each.</param>
/// <param name="MaxUnread">
/// Other series, which are kept to offer and to preview them when an SLI is made. Samples of those beyond are counted and dropped.
/// </param>
public sealed record SeriesLimits(int MaxRead = 1_000_000, int MaxUnread = 200_000);

/// <summary>
/// What the portal knows of every series: which SLIs read it and its last samples. It turns arriving samples into what a group stores,
/// and is rebuilt from checkpoints and the log. Only samples that the log holds change a history, so every portal that has read
/// the same log holds the same histories, whatever SLIs it knew at the time. Belongs to the one writer: not safe for several threads.
/// </summary>
public sealed partial class SeriesTable(SeriesLimits limits, LabelLimits labelLimits)
{
    // What a key leads to when the series is beyond the limit of unread ones, of read ones, or the budget of its source.
    private const int Ignored = -1;
    private const int Full = -2;
    private const int OverBudget = -3;

    private const int NoId = -1;

    // Milliseconds over which the first total of a series is counted, in the minute in which it came: a few intervals of a slow sender.
    private const long LongestFirst = 10 * UnixMinute.Milliseconds;

    // The year 9999 is the last that an instant can name.
    private const long MaxShownTime = 253_402_300_800_000;

    private readonly Dictionary<SeriesKey, int> _byKey = [];
    private readonly Dictionary<int, int> _byId = [];
    private readonly LabelDecoder _labelDecoder = new(labelLimits);
    private readonly List<SliLink> _found = [];
    private SliSet _slis = SliSet.Empty;
    private LinkLists _links = new();
    private readonly Chunks<SeriesEntry> _entries = new();
    private LabelStore _labels = new();
    private (int Index, LabelSet Labels)? _added;
    private int _unread;

    /// <summary>The number that the next new series gets. One more than the largest that was ever stored.</summary>
    public int NextSeriesId { get; set; }

    /// <summary>How many series have a number.</summary>
    public int StoredCount => _byId.Count;

    /// <summary>How many series are known that an SLI reads.</summary>
    public int ReadCount => _entries.Count - _unread;

    /// <summary>How many series are known that no SLI reads.</summary>
    public int UnreadCount => _unread;

    /// <summary>Takes the samples of a request into the group.</summary>
    public void Fold(DecodedWrite write, in SampleRules rules, IngestGroup group)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(group);
        var tally = write.Tally;
        tally.Arrived += write.SampleCount;
        foreach (ref readonly var slot in write.Slots)
        {
            var refusedBefore = tally.RefusedCount;
            if (TryFind(write, slot, out var index, out var refusal))
            {
                Begin(index, slot.Start, write.SamplesOf(slot), rules, group);
                TakeAll(index, write.SamplesOf(slot), write.IsThinned, rules, tally, group);
            }
            else
            {
                tally.Refuse(refusal, slot.SampleCount);
                if (tally.WantsExample(refusal))
                {
                    tally.Explain(refusal, LabelDecoder.Lossy(write.LabelsOf(slot)));
                }
            }

            if (tally.RefusedCount > refusedBefore)
            {
                write.RejectPoint(slot.Point);
            }
        }

        write.PackAgain();
        group.TallyOf(write.SourceId).Add(tally);
    }

    /// <summary>Takes samples that came another way than remote write, such as a pull, into the group.</summary>
    public void Fold(int sourceId, LabelSet labels, ReadOnlySpan<RawSample> samples, in SampleRules rules, IngestGroup group, bool thinned = false)
    {
        ArgumentNullException.ThrowIfNull(group);
        var tally = group.TallyOf(sourceId);
        tally.Arrived += samples.Length;
        var refusal = _labelDecoder.Judge(labels);
        var index = refusal == SampleRefusal.None ? IndexOf(sourceId, labels) : Ignored;
        if (index == OverBudget)
        {
            refusal = SampleRefusal.SeriesBudget;
        }

        if (refusal != SampleRefusal.None)
        {
            tally.Refuse(refusal, samples.Length);
            tally.Explain(refusal, labels.ToString());
            return;
        }

        TakeAll(index, samples, thinned, rules, tally, group);
    }

    /// <summary>
    /// A running total whose sender says since when it counts was zero then. That zero is taken as a sample where it is news: after the last
    /// sample it is a restart, also where the new total is no smaller, and before the first one it lets that count, unless the sender had counted
    /// for long before it was heard of: nobody knows when that was, so only what follows counts.
    /// </summary>
    private void Begin(int index, long start, ReadOnlySpan<RawSample> samples, in SampleRules rules, IngestGroup group)
    {
        if (start <= 0 || index < 0 || samples.IsEmpty || start >= samples[0].Time
            || rules.Judge(start, 0) != SampleRefusal.None || rules.Judge(samples[0].Time, samples[0].Value) != SampleRefusal.None)
        {
            return;
        }

        ref readonly var entry = ref _entries[index];
        var known = entry.History.Count;
        if (!entry.IsDelta && (known == 0 ? samples[0].Time - start <= LongestFirst : start > entry.History.TimeAt(known - 1)))
        {
            Take(index, start, 0, new SourceTally(), group);
        }
    }

    private void TakeAll(int index, ReadOnlySpan<RawSample> samples, bool thinned, in SampleRules rules, SourceTally tally, IngestGroup group)
    {
        if (index == Full)
        {
            tally.Refuse(SampleRefusal.SeriesLimit, samples.Length);
            return;
        }

        foreach (var (time, value) in samples)
        {
            var refusal = rules.Judge(time, value);
            if (refusal != SampleRefusal.None)
            {
                Refuse(refusal, index, time, value, tally);
            }
            else if (index != Ignored)
            {
                if (thinned)
                {
                    TakeThinly(index, time, value, tally, group);
                    continue;
                }

                if (_held.Count > 0)
                {
                    TakeHeld(index, tally, group);
                }

                Take(index, time, value, tally, group);
            }
            else
            {
                tally.Unmatched++;
            }
        }
    }

    private void Take(int index, long time, double value, SourceTally tally, IngestGroup group)
    {
        ref var entry = ref _entries[index];
        if (value < 0 && _links.IsCounter(entry.Links))
        {
            Refuse(SampleRefusal.NegativeCounter, index, time, value, tally);
            return;
        }

        if (entry.Id == NoId && HasNoRoom(entry.SourceId))
        {
            Refuse(SampleRefusal.SeriesBudget, index, time, value, tally);
            return;
        }

        Span<MinuteIncrease> increases = stackalloc MinuteIncrease[SeriesHistory.MaxIncreases];
        switch (entry.Take(time, value, increases, out var count))
        {
            case SampleVerdict.Duplicate:
                tally.Duplicates++;
                return;
            case SampleVerdict.Conflict:
                Refuse(SampleRefusal.Conflict, index, time, value, tally);
                return;
            case SampleVerdict.TooLate:
                Refuse(SampleRefusal.TooLate, index, time, value, tally);
                return;
            default:
                if (entry.Id == NoId)
                {
                    Number(ref entry, index, group);
                }

                group.Log.Add(entry.Id, time, value);
                if (entry.Links == LinkLists.None)
                {
                    tally.Unmatched++;
                    return;
                }

                tally.Matched++;
                SliLink.Count(_links[entry.Links], time, value, increases[..count], group);
                return;
        }
    }

    private void Refuse(SampleRefusal refusal, int index, long time, double value, SourceTally tally)
    {
        tally.Refuse(refusal);
        if (index >= 0 && tally.WantsExample(refusal))
        {
            var at = time is >= 0 and < MaxShownTime ? DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("u", CultureInfo.InvariantCulture) : $"{time} ms";
            tally.Explain(refusal, string.Create(CultureInfo.InvariantCulture, $"{LabelsOf(index)} {value} at {at}"));
        }
    }

    private void Number(ref SeriesEntry entry, int index, IngestGroup group)
    {
        entry.Id = NextSeriesId++;
        _byId.Add(entry.Id, index);
        CountStored(entry.SourceId, 1);
        group.NewSeries.Add(new NewSeries(entry.Id, entry.SourceId, LabelsOf(index)));
    }

    private bool TryFind(DecodedWrite write, in SeriesSlot slot, out int index, out SampleRefusal refusal)
    {
        refusal = SampleRefusal.None;
        if (_byKey.TryGetValue(slot.Key, out index))
        {
            refusal = index == OverBudget ? SampleRefusal.SeriesBudget : SampleRefusal.None;
            return index != OverBudget;
        }

        if (!_labelDecoder.TryDecode(write.LabelsOf(slot), out var labels, out refusal))
        {
            return false;
        }

        // Labels in another order, or with empty values, are another spelling of the same series.
        index = IndexOf(write.SourceId, labels);
        RememberSpelling(slot.Key, index);
        refusal = index == OverBudget ? SampleRefusal.SeriesBudget : SampleRefusal.None;
        return index != OverBudget;
    }

    /// <summary>Finds the series or adds it; <see cref="Ignored"/>, <see cref="Full"/> or <see cref="OverBudget"/> when there are too many.</summary>
    private int IndexOf(int sourceId, LabelSet labels)
    {
        var key = SeriesKey.Of(sourceId, labels);
        if (_byKey.TryGetValue(key, out var index))
        {
            return index;
        }

        if (HasNoRoom(sourceId))
        {
            RememberSpelling(key, OverBudget);
            return OverBudget;
        }

        _slis.LinksOf(sourceId, labels, _found);
        var links = _links.NumberOf(_found);
        if (links == LinkLists.None && _unread >= limits.MaxUnread)
        {
            index = Ignored;
        }
        else if (links != LinkLists.None && ReadCount >= limits.MaxRead)
        {
            index = Full;
        }
        else
        {
            index = Add(sourceId, labels, links);
            _byKey.Add(key, index);
            return index;
        }

        RememberSpelling(key, index);
        return index;
    }

    /// <summary>Remembers keys beside the canonical ones to be quick, up to a limit: a sender must not fill the memory with them.</summary>
    private void RememberSpelling(SeriesKey key, int index)
    {
        if (_byKey.Count < 2 * (limits.MaxRead + limits.MaxUnread))
        {
            _byKey.TryAdd(key, index);
        }
    }

    private int Add(int sourceId, LabelSet labels, int links)
    {
        _entries.Add(new SeriesEntry { SourceId = sourceId, Id = NoId, Links = links, IsDelta = labels.IsDelta, Labels = _labels.Add(labels) });
        _unread += links == LinkLists.None ? 1 : 0;
        _added = (_entries.Count - 1, labels);
        return _entries.Count - 1;
    }

    // A new series is numbered with its first sample, which is mostly the next thing that happens.
    private LabelSet LabelsOf(int index) => _added is { } added && added.Index == index ? added.Labels : _labels[_entries[index].Labels];

    /// <summary>One series: 96 bytes.</summary>
    private struct SeriesEntry
    {
        public SeriesHistory History;

        /// <summary>Its number in the log, or <see cref="NoId"/> while nothing of it is stored.</summary>
        public int Id;

        public int SourceId;

        /// <summary>The number of its list in <see cref="LinkLists"/>.</summary>
        public int Links;

        /// <summary>Its number in <see cref="LabelStore"/>.</summary>
        public int Labels;

        /// <summary>Whether each sample is an increase by itself.</summary>
        public bool IsDelta;

        public SampleVerdict Take(long time, double value, Span<MinuteIncrease> increases, out int count) =>
            IsDelta ? History.TakeDelta(time, value, increases, out count) : History.Take(time, value, increases, out count);
    }
}
