using SloPortal.Domain.Common;

namespace SloPortal.Domain.Measurement.Deciding;

/// <summary>Which of several measurements a minute is counted by.</summary>
public enum MergeRule
{
    /// <summary>The SLI itself, whatever others say.</summary>
    Primary,
    /// <summary>One other measurement, whatever the SLI says.</summary>
    Other,
    /// <summary>That with the lowest good share.</summary>
    WorstOf,
    /// <summary>The middle good share, over the events of the SLI itself; of an even number the mean of the two in the middle.</summary>
    Median,
}

/// <summary>What minutes without data mean.</summary>
public enum NoDataRule
{
    /// <summary>They count neither way. They are shown, and budgets and alerts say since when nothing came.</summary>
    CountsAsNothing,
    /// <summary>After some minutes in a row, all events that are usual at this hour of the week count as failed.</summary>
    CountsAsBad,
    /// <summary>They count neither way, and leave the verdict open where they could have changed it.</summary>
    Undetermined,
}

/// <summary>What counts for an SLI.</summary>
/// <param name="Others">The other measurements that the rule reads, in the order in which they were named; none for <see cref="MergeRule.Primary"/>.</param>
/// <param name="BadAfterMinutes">So many minutes in a row without data count as nothing before they count as bad; 0 for the other rules.</param>
public sealed record CountingRule(MergeRule Merge, IReadOnlyList<int> Others, NoDataRule NoData, int BadAfterMinutes)
{
    /// <summary>What counts while nothing was decided.</summary>
    public static CountingRule Default { get; } = new(MergeRule.Primary, [], NoDataRule.CountsAsNothing, 0);

    /// <summary>The SLIs that it reads.</summary>
    public IEnumerable<int> Sources(int primary) => Merge switch
    {
        MergeRule.Primary => [primary],
        MergeRule.Other => Others,
        MergeRule.WorstOf or MergeRule.Median => Others.Prepend(primary),
        _ => throw new ArgumentOutOfRangeException(nameof(primary), Merge, null),
    };

    /// <summary>What a minute counts. Measurements without data in it are left out.</summary>
    /// <param name="minute">In the order of <see cref="Sources"/>.</param>
    public EventCounts Count(ReadOnlySpan<EventCounts> minute)
    {
        if (Merge is MergeRule.Primary or MergeRule.Other)
            return minute[0];
        var withData = new List<EventCounts>(minute.Length);
        foreach (var counts in minute)
        {
            if (counts.HasData)
                withData.Add(counts);
        }

        if (withData.Count < 2)
            return withData.Count == 0 ? EventCounts.None : withData[0];
        if (Merge == MergeRule.WorstOf)
            return withData.MinBy(c => c.Ratio!.Value);
        // The events of the SLI itself, or of the first that has any.
        var total = withData[0].Total;
        return new EventCounts(total * Middle([.. withData.Select(c => c.Ratio!.Value)]), total);
    }

    private static double Middle(double[] shares)
    {
        Array.Sort(shares);
        var half = shares.Length / 2;
        return shares.Length % 2 == 1 ? shares[half] : (shares[half - 1] + shares[half]) / 2;
    }
}
