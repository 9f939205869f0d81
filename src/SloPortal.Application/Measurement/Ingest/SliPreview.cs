using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>
/// What an SLI that is not saved yet would have counted: the log of the last hours is read once more with this one definition.
/// The first sample of each series in the log starts it, so the first minute can count less than it would have.
/// </summary>
public sealed class SliPreview(SliDefinition definition, int? sourceId)
{
    private const int ThisSli = 0;

    private readonly Dictionary<int, Followed> _series = [];
    private readonly MinuteAccumulator _minutes = new();

    /// <summary>How many series the definition reads.</summary>
    public int SeriesCount => _series.Count;

    /// <summary>Offers a stored series. True when the definition reads it.</summary>
    public bool Offer(int seriesId, int seriesSourceId, LabelSet labels)
    {
        if ((sourceId ?? seriesSourceId) != seriesSourceId
            || SliLink.Of(ThisSli, definition, definition.RolesOf(labels)) is not { } link)
        {
            return false;
        }

        _series[seriesId] = new Followed { Links = [link] };
        return true;
    }

    /// <summary>Reads a row of the log. Rows must come in order.</summary>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    public void Read(ReadOnlySpan<byte> logRow)
    {
        var reader = new IngestLogReader(logRow);
        while (reader.TryReadEviction(out var evicted))
        {
            _series.Remove(evicted);
        }

        Span<MinuteIncrease> increases = stackalloc MinuteIncrease[SeriesHistory.MaxIncreases];
        while (reader.TryReadSample(out var sample))
        {
            ref var series = ref CollectionsMarshal.GetValueRefOrNullRef(_series, sample.SeriesId);
            if (Unsafe.IsNullRef(ref series) || (sample.Value < 0 && series.IsCounter))
            {
                continue;
            }

            series.History.Take(sample.Time, sample.Value, increases, out var count);
            SliLink.Count(series.Links, sample.Time, sample.Value, increases[..count], _minutes);
        }
    }

    /// <summary>What was counted, by minute.</summary>
    public IEnumerable<(int Minute, double Good, double Total)> Minutes() =>
        _minutes.InOrder().Select(m => (m.Minute, m.Good, m.Total));

    private struct Followed
    {
        public SliLink[] Links;
        public SeriesHistory History;

        public readonly bool IsCounter => Links[0].Gauge is null;
    }
}
