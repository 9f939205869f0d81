using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Timeline.Marks;

/// <param name="Entry">The entry as it was first recorded, whatever corrects it.</param>
/// <param name="Label">What it says in few words; null leaves it to the entry.</param>
/// <param name="IsPinned">False takes it from the list.</param>
public readonly record struct PinSaid(Guid Entry, string? Label, bool IsPinned);

/// <summary>What the people who work on an incident must not forget: the last word on each entry counts.</summary>
public static class PinnedEntries
{
    /// <summary>So many are read in two seconds. Product policy.</summary>
    public const int Most = 7;

    /// <summary>Characters: one line on a phone or two. Product policy.</summary>
    public const int LongestLabel = 120;

    /// <param name="said">In the order of recording.</param>
    /// <returns>Those that are pinned, in the order in which they were.</returns>
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> said, Func<T, PinSaid> of)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(of);
        var pinned = new List<T>();
        foreach (var one in said)
        {
            var pin = of(one);
            pinned.RemoveAll(p => of(p).Entry == pin.Entry);
            if (pin.IsPinned)
                pinned.Add(one);
        }
        return pinned;
    }

    /// <param name="pinned">The entries that are pinned.</param>
    public static Refusal? WhyNot(IReadOnlyCollection<PinSaid> pinned, Guid entry, string? label)
    {
        ArgumentNullException.ThrowIfNull(pinned);
        if (pinned.Any(p => p.Entry == entry && p.Label == label))
            return Refusal.Conflict("This entry is pinned already.");
        if (pinned.Count >= Most && pinned.All(p => p.Entry != entry))
            return Refusal.Conflict($"{Most} entries are pinned, and nobody reads more at a glance. Unpin one first.");
        return null;
    }
}
