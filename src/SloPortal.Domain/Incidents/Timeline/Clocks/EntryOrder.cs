namespace SloPortal.Domain.Incidents.Timeline.Clocks;

/// <summary>An entry at its corrected time.</summary>
/// <param name="Clock">What one clock says is in order, however far it is off.</param>
public readonly record struct PlacedEntry(Guid Id, DateTimeOffset At, TimeSpan Uncertainty, string Clock)
{
    internal long From => At.UtcTicks - Uncertainty.Ticks;

    internal long To => At.UtcTicks + Uncertainty.Ticks;
}

public static class EntryOrder
{
    /// <summary>
    /// Those that may have happened before or after one of another clock: the times that are possible for the two overlap. Two that are certain and at one instant are
    /// as they are. Of n entries by k clocks it takes n k log n steps.
    /// </summary>
    public static IReadOnlySet<Guid> Open(IReadOnlyCollection<PlacedEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var groups = entries.GroupBy(e => (e.Clock, IsCertain: e.Uncertainty == TimeSpan.Zero)).Select(g => (g.Key, Spans: new Spans(g))).ToList();
        return groups.All(g => g.Key.IsCertain) ? new HashSet<Guid>()
            : entries.Where(e => groups.Any(g => g.Key.Clock != e.Clock && (!g.Key.IsCertain || e.Uncertainty > TimeSpan.Zero) && g.Spans.Meet(e.From, e.To))).Select(e => e.Id).ToHashSet();
    }

    /// <summary>By their beginning, with the latest end so far beside each: the one before which all others begin tells whether one reaches in.</summary>
    private sealed class Spans
    {
        private readonly long[] from;
        private readonly long[] latest;

        public Spans(IEnumerable<PlacedEntry> entries)
        {
            var sorted = entries.OrderBy(e => e.From).ToArray();
            from = Array.ConvertAll(sorted, e => e.From);
            latest = Array.ConvertAll(sorted, e => e.To);
            for (var i = 1; i < latest.Length; i++)
                latest[i] = Math.Max(latest[i], latest[i - 1]);
        }

        public bool Meet(long start, long end)
        {
            // How many begin at or before the end.
            var (low, high) = (0, from.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (from[middle] <= end)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low > 0 && latest[low - 1] >= start;
        }
    }
}
