namespace SloPortal.Domain.Incidents.Escalation.Fatigue;

/// <summary>What became of a page, by which it is judged whether it was worth calling somebody. Each has exactly one.</summary>
public enum PageOutcome
{
    /// <summary>A person took it, and it went on for <see cref="PageOutcomes.Lasting"/> or longer after that.</summary>
    ActedOn,
    /// <summary>A person took it, and it ended by itself sooner than that.</summary>
    OverAtOnce,
    /// <summary>It ended by itself before anybody took it, while levels were still to be called.</summary>
    EndedUntaken,
    /// <summary>All levels were called and nobody took it.</summary>
    Unanswered,
    /// <summary>A person ended it without having taken it, or sooner than <see cref="PageOutcomes.Lasting"/> after that. Why is not known.</summary>
    ClosedByHand,
    /// <summary>The program that sent the signals said that somebody is at it.</summary>
    TakenAtSource,
    /// <summary>It still calls, or was taken just now.</summary>
    Waiting,
}

/// <summary>Which pages were worth calling somebody.</summary>
/// <param name="ActedOn">Pages that were.</param>
/// <param name="NeededNobody">Pages that were not: over at once, or ended before anybody took them.</param>
/// <param name="Apart">Pages that tell neither.</param>
public sealed record ActionableShare(int ActedOn, int NeededNobody, int Apart)
{
    /// <summary>0 to 1, among those that tell; null where none does.</summary>
    public double? Share => ActedOn + NeededNobody > 0 ? (double)ActedOn / (ActedOn + NeededNobody) : null;
}

public static class PageOutcomes
{
    /// <summary>What is over sooner than this after somebody took it gave them nothing to do. Product policy.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(5);

    public static bool IsApart(this PageOutcome outcome) => outcome switch
    {
        PageOutcome.ActedOn or PageOutcome.OverAtOnce or PageOutcome.EndedUntaken => false,
        PageOutcome.Unanswered or PageOutcome.ClosedByHand or PageOutcome.TakenAtSource or PageOutcome.Waiting => true,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <param name="counts">How many pages have each outcome.</param>
    public static ActionableShare Share(IReadOnlyDictionary<PageOutcome, int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var acted = counts.GetValueOrDefault(PageOutcome.ActedOn);
        var apart = counts.Where(c => c.Key.IsApart()).Sum(c => c.Value);
        return new(acted, counts.Values.Sum() - acted - apart, apart);
    }
}
