using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull.Backfills;

/// <summary>
/// Counts the samples of a back-fill as they would have been counted live, each series up to its head: for a counter the head itself is taken
/// too, since it was the first of the live ones and added nothing; a gauge's was counted.
/// </summary>
internal sealed class BackfillFold
{
    private readonly HistoryFold _fold;
    private readonly Dictionary<LabelSet, int> _places = [];
    private readonly List<BackfillSample?> _heads = [];
    private readonly long _end;

    /// <param name="sliId">The SLI.</param>
    /// <param name="definition">What it counts.</param>
    /// <param name="series">How far each series has come.</param>
    /// <param name="end">Milliseconds since 1970; from there on all is counted live.</param>
    public BackfillFold(int sliId, SliDefinition definition, IReadOnlyList<BackfillSeries> series, long end)
    {
        _fold = new HistoryFold(sliId, definition);
        _end = end;
        foreach (var one in series)
        {
            if (PlaceOf(LabelSet.FromJson(one.Labels), one.Head) is >= 0 and var place && one.Last is { } last)
                _fold.Series[place].History.Restore(last.Time, last.Value);
        }
    }

    /// <summary>What was counted since it was made.</summary>
    public MinuteAccumulator Minutes => _fold.Minutes;

    public void Take(SeriesSamples series)
    {
        var place = PlaceOf(series.Labels, null);
        if (place < 0)
            return;
        var head = _heads[place];
        var takesHead = _fold.Series[place] is { IsCounter: true, IsDelta: false };
        foreach (var sample in series.Samples)
        {
            var isBefore = head is null ? sample.Time < _end : sample.Time < head.Time || (takesHead && sample.Time == head.Time);
            if (isBefore && double.IsFinite(sample.Value))
                _fold.TakeAt(place, sample.Time, sample.Value);
        }
    }

    /// <summary>How far each series has come now.</summary>
    public IReadOnlyList<BackfillSeries> State() => [.. _fold.Series.Select((s, place) => new BackfillSeries(s.Labels.ToJson(), Last(s.History), _heads[place]))];

    private static BackfillSample? Last(SeriesHistory history) =>
        history.Count == 0 ? null : new BackfillSample(history.TimeAt(history.Count - 1), history.ValueAt(history.Count - 1));

    /// <summary>Below zero where the definition does not read the series.</summary>
    private int PlaceOf(LabelSet labels, BackfillSample? head)
    {
        if (_places.TryGetValue(labels, out var known))
            return known;
        var place = _fold.Read(labels) ?? -1;
        _places.Add(labels, place);
        if (place >= 0)
            _heads.Add(head);
        return place;
    }
}
