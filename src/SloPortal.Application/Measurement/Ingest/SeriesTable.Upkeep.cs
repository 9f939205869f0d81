using System.Runtime.InteropServices;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>Changes of the SLIs, and series that are forgotten.</summary>
public sealed partial class SeriesTable
{
    /// <summary>
    /// Matches all series anew. One that no SLI reads any more is forgotten, by an eviction in the log: should an SLI read it again one
    /// day, what it rose by in between must not be counted. Call it before the samples of the group.
    /// </summary>
    public void UseSlis(SliSet slis, IngestGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        _slis = slis;
        _links = new LinkLists();
        _unread = 0;
        for (var i = 0; i < _count; i++)
        {
            ref var entry = ref _entries[i];
            slis.LinksOf(entry.SourceId, _labels[i], _found);
            entry.Links = _links.NumberOf(_found);
            if (entry.Links == LinkLists.None)
            {
                _unread++;
                Evict(ref entry, group);
            }
        }

        ForgetTheUncounted();
    }

    /// <summary>
    /// Forgets series whose newest sample is older than <paramref name="idleSince"/>, and those that no SLI reads and that did not
    /// come since the last sweep. Call it before the samples of the group.
    /// </summary>
    /// <param name="idleSince">Milliseconds since 1970.</param>
    /// <param name="group">Receives the evictions.</param>
    public void Sweep(long idleSince, IngestGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var moved = new int[_count];
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            ref var entry = ref _entries[i];
            if (entry.Id != 0 && (entry.History.Count == 0 || entry.History.TimeAt(entry.History.Count - 1) < idleSince))
            {
                Evict(ref entry, group);
            }

            var keep = entry.Id != 0 || entry.WasSeen;
            entry.WasSeen = false;
            moved[i] = keep ? kept : Ignored;
            if (keep)
            {
                _entries[kept] = entry;
                _labels[kept++] = _labels[i];
            }
        }

        Array.Clear(_labels, kept, _count - kept);
        _count = kept;
        Reindex(moved);
    }

    /// <summary>The metric names and labels of the series that a source sends, read or not.</summary>
    public IEnumerable<LabelSet> SeriesOf(int sourceId)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_entries[i].SourceId == sourceId)
            {
                yield return _labels[i];
            }
        }
    }

    private void Evict(ref SeriesEntry entry, IngestGroup group)
    {
        if (entry.Id == 0)
        {
            return;
        }

        group.Log.Evict(entry.Id);
        Forget(ref entry);
    }

    private void Forget(ref SeriesEntry entry)
    {
        _byId.Remove(entry.Id);
        entry.Id = 0;
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
        for (var i = 0; i < _count; i++)
        {
            if (_entries[i].Id != 0)
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
