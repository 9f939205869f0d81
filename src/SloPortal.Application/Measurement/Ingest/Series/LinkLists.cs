using System.Runtime.InteropServices;

namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>
/// The distinct lists of links. Thousands of series play the same part in the same SLIs; they share one list, so the lists that are in
/// use stay in the processor's cache.
/// </summary>
internal sealed class LinkLists
{
    /// <summary>The number of the list without links: the series is read by no SLI.</summary>
    public const int None = 0;

    private readonly List<SliLink[]> _lists = [[]];
    private readonly List<bool> _counters = [false];
    private readonly Dictionary<int, List<int>> _byHash = [];

    /// <summary>The number of the list that equals <paramref name="links"/>.</summary>
    public int NumberOf(List<SliLink> links)
    {
        if (links.Count == 0)
        {
            return None;
        }

        var hash = new HashCode();
        foreach (var link in links)
        {
            hash.Add(link);
        }

        ref var candidates = ref CollectionsMarshal.GetValueRefOrAddDefault(_byHash, hash.ToHashCode(), out _);
        candidates ??= [];
        foreach (var candidate in candidates)
        {
            if (_lists[candidate].AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(links)))
            {
                return candidate;
            }
        }

        candidates.Add(_lists.Count);
        _lists.Add([.. links]);
        _counters.Add(links.Exists(l => l.Gauge is null));
        return _lists.Count - 1;
    }

    public SliLink[] this[int number] => _lists[number];

    /// <summary>Whether a series with this list is read as a counter, which cannot be negative.</summary>
    public bool IsCounter(int number) => _counters[number];
}
