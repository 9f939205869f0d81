using System.Runtime.InteropServices;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>What a group adds to one minute of one SLI. Either can be negative, as a correction of what was counted before.</summary>
/// <param name="SliId">The SLI.</param>
/// <param name="Minute">Minutes since 1970.</param>
/// <param name="Good">Good events.</param>
/// <param name="Total">All events.</param>
public readonly record struct MinuteDelta(int SliId, int Minute, double Good, double Total);

/// <summary>Sums what the samples of a group add, by SLI and minute. A minute with samples but without events is kept: it is data.</summary>
public sealed class MinuteAccumulator
{
    private readonly Dictionary<(int SliId, int Minute), int> _places = [];
    private MinuteDelta[] _sums = new MinuteDelta[64];
    private int _last;

    /// <summary>How many minutes of SLIs changed.</summary>
    public int Count => _places.Count;

    /// <summary>Adds events to a minute.</summary>
    public void Add(int sliId, int minute, double good, double total)
    {
        // The series of an SLI come one after another, and so do their samples of a minute.
        if (_places.Count == 0 || _sums[_last].SliId != sliId || _sums[_last].Minute != minute)
        {
            _last = PlaceOf(sliId, minute);
        }

        ref var sums = ref _sums[_last];
        sums = sums with { Good = sums.Good + good, Total = sums.Total + total };
    }

    /// <summary>Adds the events of an interval, spread evenly over its minutes.</summary>
    public void AddSpread(int sliId, PushedInterval interval)
    {
        var first = UnixMinute.Of(interval.Start.ToUnixTimeMilliseconds());
        var count = interval.Minutes;
        for (var m = 0; m < count; m++)
        {
            Add(sliId, first + m, EvenSpread.Share(interval.Good, count, m), EvenSpread.Share(interval.Total, count, m));
        }
    }

    /// <summary>
    /// The sums in the order of SLI and minute. Every writer stores them in this order, so that two can never wait for each other.
    /// </summary>
    public MinuteDelta[] InOrder() => [.. _sums.Take(Count).OrderBy(d => d.SliId).ThenBy(d => d.Minute)];

    /// <summary>Empties it for the next group.</summary>
    public void Clear() => _places.Clear();

    private int PlaceOf(int sliId, int minute)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, (sliId, minute), out var known);
        if (!known)
        {
            place = _places.Count - 1;
            if (place == _sums.Length)
            {
                Array.Resize(ref _sums, place * 2);
            }

            _sums[place] = new MinuteDelta(sliId, minute, 0, 0);
        }

        return place;
    }
}
