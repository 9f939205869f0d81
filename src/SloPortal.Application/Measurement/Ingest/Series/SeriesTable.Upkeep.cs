using System.Runtime.InteropServices;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>Changes of the SLIs, and series that are forgotten.</summary>
public sealed partial class SeriesTable
{
    /// <summary>
    /// Matches all series anew. Their histories stay, so a new SLI counts from the next sample on. Takes about a microsecond for each
    /// series and SLI that could read it.
    /// </summary>
    public void UseSlis(SliSet slis)
    {
        ArgumentNullException.ThrowIfNull(slis);
        _slis = slis;
        _links = new LinkLists();
        _unread = 0;
        for (var i = 0; i < _entries.Count; i++)
        {
            ref var entry = ref _entries[i];
            slis.LinksOf(entry.SourceId, _labels[entry.Labels], _found);
            entry.Links = _links.NumberOf(_found);
            _unread += entry.Links == LinkLists.None ? 1 : 0;
        }

        ForgetTheUncounted();
    }

    /// <summary>
    /// Forgets series whose newest sample is older than <paramref name="idleSince"/>. Should one come back, it starts anew. Call it
    /// before the samples of the group.
    /// </summary>
    /// <param name="idleSince">Milliseconds since 1970.</param>
    /// <param name="group">Receives the evictions.</param>
    public void Sweep(long idleSince, IngestGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var moved = new int[_entries.Count];
        var kept = 0;
        for (var i = 0; i < _entries.Count; i++)
        {
            ref var entry = ref _entries[i];
            var keep = entry.History.Count > 0 && entry.History.TimeAt(entry.History.Count - 1) >= idleSince;
            if (!keep && entry.Id != NoId)
            {
                group.Log.Evict(entry.Id);
                group.EvictedSeries.Add(entry.Id);
                CountStored(entry.SourceId, -1);
            }

            moved[i] = keep ? kept : Ignored;
            if (keep)
            {
                _entries[kept++] = entry;
            }
        }

        _entries.CutTo(kept);
        _added = null;
        Reindex(moved);
        if (_labels.Count > 2 * kept)
        {
            KeepOnlyLabelsInUse();
        }
    }

    /// <summary>The metric names and labels of the series that a source sends, read or not.</summary>
    public IEnumerable<LabelSet> SeriesOf(int sourceId)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].SourceId == sourceId)
            {
                yield return LabelsOf(i);
            }
        }
    }

    private void KeepOnlyLabelsInUse()
    {
        var left = new LabelStore();
        for (var i = 0; i < _entries.Count; i++)
        {
            _entries[i].Labels = left.Add(LabelsOf(i));
        }

        _labels = left;
    }

    private void Forget(ref SeriesEntry entry)
    {
        CountStored(entry.SourceId, entry.Id == NoId ? 0 : -1);
        _byId.Remove(entry.Id);
        entry.Id = NoId;
        entry.History = default;
    }

    private void Reindex(int[] moved)
    {
        foreach (var (key, index) in _byKey)
        {
            // Overwriting and removing are allowed while a dictionary is walked; adding is not.
            var now = index < 0 ? Ignored : moved[index];
            if (now == Ignored)
            {
                _byKey.Remove(key);
            }
            else
            {
                CollectionsMarshal.GetValueRefOrNullRef(_byKey, key) = now;
            }
        }

        _byId.Clear();
        _unread = 0;
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Id != NoId)
            {
                _byId.Add(_entries[i].Id, i);
            }

            _unread += _entries[i].Links == LinkLists.None ? 1 : 0;
        }
    }

    private void ForgetTheUncounted()
    {
        foreach (var (key, index) in _byKey)
        {
            if (index < 0)
            {
                _byKey.Remove(key);
            }
        }
    }
}
