using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Log;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Preview;

/// <summary>One series that a definition reads, with what was seen of it.</summary>
internal sealed class FoldedSeries(LabelSet labels, SeriesRole roles, SliLink link)
{
    /// <summary>A field, since it is a mutable struct.</summary>
    public SeriesHistory History;

    public LabelSet Labels => labels;

    public SeriesRole Roles => roles;

    public SliLink Link => link;

    public bool IsCounter => link.Gauge is null;

    /// <summary>Whether each sample is an increase by itself.</summary>
    public bool IsDelta { get; } = labels.IsDelta;

    /// <summary>The oldest sample.</summary>
    public BackfillSample? First { get; set; }

    /// <summary>New samples, late ones among them.</summary>
    public long Samples { get; set; }

    /// <summary>How often the newest value was below the one before.</summary>
    public long Falls { get; set; }

    /// <summary>By how much it rose.</summary>
    public double Increase { get; set; }

    /// <summary>Whether any increase was above zero.</summary>
    public bool Moved { get; set; }
}

/// <summary>
/// Counts what one definition makes of samples, given in the order in which they were applied: the same rules as
/// <see cref="SeriesTable"/>, for one SLI alone. So a preview, a back-fill and the live count agree.
/// </summary>
/// <param name="sliId">The SLI.</param>
/// <param name="definition">What it counts.</param>
/// <param name="split">By what its events are counted apart as well.</param>
internal sealed class HistoryFold(int sliId, SliDefinition definition, SplitSegments? split = null)
{
    private readonly List<FoldedSeries> _series = [];
    private readonly IngestGroup _group = new();
    private int[] _placeById = [];

    /// <summary>What was counted.</summary>
    public MinuteAccumulator Minutes => _group.Minutes;

    /// <summary>The segments that were made.</summary>
    public IEnumerable<NewSegment> NewSegments => _group.NewSegments;

    public IReadOnlyList<FoldedSeries> Series => _series;

    /// <summary>Makes a stored series known, where the definition reads it. Its id must not be negative.</summary>
    public void Add(int seriesId, LabelSet labels)
    {
        if (PlaceOf(seriesId) >= 0 || Read(labels) is not { } place)
            return;
        if (seriesId >= _placeById.Length)
        {
            var before = _placeById.Length;
            Array.Resize(ref _placeById, Math.Max(seriesId + 1, before * 2));
            _placeById.AsSpan(before).Fill(-1);
        }
        _placeById[seriesId] = place;
    }

    /// <summary>Begins a series that has no number; null where the definition does not read it.</summary>
    /// <returns>Its place, for <see cref="TakeAt"/>.</returns>
    public int? Read(LabelSet labels)
    {
        var roles = definition.RolesOf(labels);
        if (SliLink.Of(sliId, definition, roles) is not { } link)
            return null;
        _series.Add(new FoldedSeries(labels, roles, split is null ? link : link with { Segment = split.Of(labels) }));
        return _series.Count - 1;
    }

    /// <summary>Takes a row of the log.</summary>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    public void Replay(ReadOnlySpan<byte> logRow)
    {
        var reader = new IngestLogReader(logRow);
        while (reader.TryReadEviction(out var evicted))
        {
            if (PlaceOf(evicted) is >= 0 and var place)
                _series[place].History = default;
        }
        while (reader.TryReadSample(out var sample))
        {
            if (PlaceOf(sample.SeriesId) is >= 0 and var place)
                TakeAt(place, sample.Time, sample.Value);
        }
    }

    /// <summary>Takes one sample of the series at the place.</summary>
    public void TakeAt(int place, long time, double value)
    {
        var series = _series[place];
        if (value < 0 && series.IsCounter)
            return;
        var before = series.History.Count == 0 ? double.NaN : series.History.ValueAt(series.History.Count - 1);
        Span<MinuteIncrease> increases = stackalloc MinuteIncrease[SeriesHistory.MaxIncreases];
        var verdict = series.IsDelta
            ? series.History.TakeDelta(time, value, increases, out var count)
            : series.History.Take(time, value, increases, out count);
        if (verdict is SampleVerdict.Duplicate or SampleVerdict.Conflict or SampleVerdict.TooLate)
            return;
        series.Samples++;
        if (series.First is null || time < series.First.Time)
            series.First = new BackfillSample(time, value);
        if (verdict == SampleVerdict.Increased && value < before && !series.IsDelta)
            series.Falls++;
        if (series.Link.Gauge is { } gauge)
        {
            series.Link.Add(UnixMinute.Of(time), gauge.Operator.Holds(value, gauge.Threshold) ? 1 : 0, 1, _group);
            return;
        }
        foreach (var (minute, amount) in increases[..count])
        {
            series.Moved |= amount > 0;
            series.Increase += amount;
            series.Link.Add(minute, series.Link.Good * amount, series.Link.Total * amount, _group);
        }
    }

    private int PlaceOf(int seriesId) => (uint)seriesId < (uint)_placeById.Length ? _placeById[seriesId] : -1;
}
