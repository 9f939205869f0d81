namespace SloPortal.Domain.Measurement.Comparing;

public enum FindingKind
{
    /// <summary>Both have data and say different things.</summary>
    Difference,
    /// <summary>The SLI itself has no data while the other measurement has.</summary>
    SliSilent,
    /// <summary>The other measurement has no data while the SLI has.</summary>
    OtherSilent,
}

/// <summary>Hours in a row, up to the last one looked at, in which two measurements do not agree.</summary>
/// <param name="Hours">In order; those that say something about it.</param>
public sealed record DisagreementRun(FindingKind Kind, IReadOnlyList<ComparedHour> Hours)
{
    public DateTimeOffset Since => Hours[0].Start;
}

/// <summary>Tells disagreement from agreement by hours in a row. An hour in which a question cannot be asked neither ends a run nor is part of it.</summary>
public static class Disagreement
{
    /// <summary>What lasts at the end of the hours, long enough to be a finding.</summary>
    /// <param name="hours">Whole ones, in order.</param>
    public static DisagreementRun? RunOf(FindingKind kind, IReadOnlyList<ComparedHour> hours, Tolerance tolerance)
    {
        var run = hours.Where(h => Says(kind, h)).Reverse().TakeWhile(h => IsBeyond(kind, h, tolerance)).Reverse().ToList();
        return run.Count > 0 && run.Count >= (kind == FindingKind.Difference ? tolerance.AfterHours : tolerance.GapHours) ? new(kind, run) : null;
    }

    /// <summary>Whether a finding is over: for as many hours as make one they agree again, or the silent one has data again.</summary>
    public static bool IsOver(FindingKind kind, IReadOnlyList<ComparedHour> hours, Tolerance tolerance)
    {
        var needed = kind == FindingKind.Difference ? tolerance.AfterHours : 1;
        return hours.Where(h => Says(kind, h)).Reverse().TakeWhile(h => !IsBeyond(kind, h, tolerance)).Take(needed).Count() == needed;
    }

    private static bool Says(FindingKind kind, ComparedHour hour) => kind == FindingKind.Difference ? hour.BothHaveData : hour.First.HasData || hour.Second.HasData;

    private static bool IsBeyond(FindingKind kind, ComparedHour hour, Tolerance tolerance) => kind switch
    {
        FindingKind.Difference => tolerance.IsExceededBy(hour),
        FindingKind.SliSilent => !hour.First.HasData,
        FindingKind.OtherSilent => !hour.Second.HasData,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
