using SloPortal.Application.Measurement.Ingest.Log;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>The table as it is stored: series rows, then checkpoint chunks, then the log since.</summary>
public sealed partial class SeriesTable
{
    /// <summary>Makes a stored series known. Does nothing when it is known already.</summary>
    public void Register(int seriesId, int sourceId, LabelSet labels)
    {
        NextSeriesId = Math.Max(NextSeriesId, checked(seriesId + 1));
        if (_byId.ContainsKey(seriesId))
        {
            return;
        }

        var key = SeriesKey.Of(sourceId, labels);
        if (!_byKey.TryGetValue(key, out var index) || index < 0)
        {
            _slis.LinksOf(sourceId, labels, _found);
            index = _byKey[key] = Add(sourceId, labels, _links.NumberOf(_found));
        }

        // A series that was evicted elsewhere and came back has a new number: the old one is gone.
        Forget(ref _entries[index]);
        _entries[index].Id = seriesId;
        _byId.Add(seriesId, index);
        CountStored(sourceId, 1);
    }

    /// <summary>Whether any SLI is split, so that other portals may have made segments.</summary>
    public bool HasSplits => _slis.HasSplits;

    /// <summary>Makes a stored segment known. Does nothing when its split is not in force.</summary>
    public void Register(int segmentId, int splitId, string[] values, bool isOther) => _slis.SegmentsOf(splitId)?.Restore(segmentId, values, isOther);

    /// <summary>
    /// Folds a row of the log that another portal wrote, or that was written since the checkpoint: histories follow, nothing is
    /// counted, since its increases were stored with it. Series that are not registered were evicted later, and are passed over.
    /// </summary>
    /// <returns>How many samples were folded.</returns>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    public int Replay(ReadOnlySpan<byte> logRow)
    {
        var reader = new IngestLogReader(logRow);
        var evicted = false;
        while (reader.TryReadEviction(out var seriesId))
        {
            if (_byId.TryGetValue(seriesId, out var index))
            {
                Forget(ref _entries[index]);
                evicted = true;
            }
        }

        if (evicted)
        {
            // As after a sweep of its own: what had no room may have it now, for every portal from the same row of the log on.
            ForgetTheUncounted();
        }

        Span<MinuteIncrease> increases = stackalloc MinuteIncrease[SeriesHistory.MaxIncreases];
        var folded = 0;
        while (reader.TryReadSample(out var sample))
        {
            if (_byId.TryGetValue(sample.SeriesId, out var index))
            {
                _entries[index].Take(sample.Time, sample.Value, increases, out _);
                folded++;
            }
        }

        return folded;
    }

    /// <summary>All histories, in chunks of so many series, about 30 bytes a series.</summary>
    public IEnumerable<byte[]> Checkpoint(int seriesPerChunk = 50_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seriesPerChunk, 1);
        var chunk = new CheckpointWriter();
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Id == NoId || _entries[i].History.Count == 0)
            {
                continue;
            }

            chunk.Add(_entries[i].Id, _entries[i].History);
            if (chunk.SeriesCount == seriesPerChunk)
            {
                yield return chunk.ToArrayAndClear();
            }
        }

        if (chunk.SeriesCount > 0)
        {
            yield return chunk.ToArrayAndClear();
        }
    }

    /// <summary>Puts back the histories of a chunk. Series that are not registered were evicted later, and are passed over.</summary>
    /// <returns>How many histories were put back.</returns>
    /// <exception cref="InvalidDataException">The chunk is damaged.</exception>
    public int Restore(ReadOnlySpan<byte> chunk)
    {
        var reader = new CheckpointReader(chunk);
        var restored = 0;
        while (reader.TryRead(out var seriesId, out var history))
        {
            if (_byId.TryGetValue(seriesId, out var index))
            {
                _entries[index].History = history;
                restored++;
            }
        }

        return restored;
    }

    /// <summary>The history of a stored series; null when it is not known.</summary>
    public SeriesHistory? HistoryOf(int seriesId) =>
        _byId.TryGetValue(seriesId, out var index) ? _entries[index].History : null;
}
