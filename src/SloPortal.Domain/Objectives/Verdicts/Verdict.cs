using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Verdicts;

/// <summary>Whether a target is met, as far as all that measures it says.</summary>
public enum Verdict
{
    NoData,
    Met,
    Missed,
    /// <summary>What measures it leaves it open.</summary>
    Undetermined,
}

/// <summary>What a window attained at the least and at the most: what is missing was all bad, or all good.</summary>
public readonly record struct AttainedBounds(EventCounts Lowest, EventCounts Highest)
{
    /// <param name="missing">Events that nobody counted.</param>
    public static AttainedBounds Of(EventCounts counted, double missing = 0) =>
        new(new(counted.Good, counted.Total + missing), new(counted.Good + missing, counted.Total + missing));

    public Verdict Against(ObjectiveTarget target) => (Meets(Lowest, target), Meets(Highest, target)) switch
    {
        (null, _) => Verdict.NoData,
        (true, _) => Verdict.Met,
        (_, false) => Verdict.Missed,
        _ => Verdict.Undetermined,
    };

    /// <summary>Met where all say so, missed where all say so, and undetermined otherwise. Who has no data says nothing.</summary>
    public static Verdict Judge(IEnumerable<AttainedBounds> measured, ObjectiveTarget target) => measured.Select(m => m.Against(target)).Where(v => v != Verdict.NoData).Distinct().ToList() switch
    {
        [] => Verdict.NoData,
        [var all] => all,
        _ => Verdict.Undetermined,
    };

    private static bool? Meets(EventCounts counts, ObjectiveTarget target) => counts.HasData ? counts.Bad <= target.AllowedFailures(counts.Total) : null;
}
