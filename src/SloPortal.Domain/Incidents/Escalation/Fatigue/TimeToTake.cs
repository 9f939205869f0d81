namespace SloPortal.Domain.Incidents.Escalation.Fatigue;

/// <summary>How long a page called for somebody.</summary>
/// <param name="IsTaken">False where the end is not known: nobody came before it was over, or has until now.</param>
public readonly record struct Wait(TimeSpan Length, bool IsTaken)
{
    /// <summary>Clocks of several portals differ a little; no wait is below zero.</summary>
    internal static Wait Between(DateTimeOffset from, DateTimeOffset to, bool isTaken) => new(to > from ? to - from : TimeSpan.Zero, isTaken);
}

/// <summary>
/// The distribution of the time until somebody takes a page. What nobody took is censored: it would have waited at least as long as it did. It counts
/// neither as zero nor is it left out, but takes part as long as it was known to wait (Kaplan and Meier, "Nonparametric estimation from incomplete
/// observations", J. Am. Stat. Assoc. 53, 1958). Without censored waits a percentile is the nearest rank, a wait that happened.
/// </summary>
/// <param name="Untaken">Censored.</param>
/// <param name="P50Seconds">Null where so many were not taken that it is not reached.</param>
/// <param name="P90Seconds">See <paramref name="P50Seconds"/>.</param>
/// <param name="P99Seconds">See <paramref name="P50Seconds"/>.</param>
public sealed record TimeToTake(int Taken, int Untaken, double? P50Seconds, double? P90Seconds, double? P99Seconds)
{
    /// <summary>A product of 200,000 factors is exact to 1e-10; a single wait among so many weighs 5e-6.</summary>
    private const double Rounding = 1e-9;

    private static readonly double[] Shares = [0.5, 0.9, 0.99];

    public static TimeToTake Of(IEnumerable<Wait> waits)
    {
        // Of equal lengths the taken ones come first: what was censored then was still waiting.
        Wait[] sorted = [.. waits];
        Array.Sort(sorted, (a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : b.IsTaken.CompareTo(a.IsTaken));
        var found = new double?[Shares.Length];
        var waiting = 1.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (!sorted[i].IsTaken)
                continue;
            // Those of equal length one after the other: the product is the same as of all at once.
            var atRisk = sorted.Length - i;
            waiting *= (atRisk - 1.0) / atRisk;
            for (var s = 0; s < Shares.Length; s++)
            {
                if (found[s] is null && 1 - waiting >= Shares[s] - Rounding)
                    found[s] = sorted[i].Length.TotalSeconds;
            }
        }
        var taken = sorted.Count(w => w.IsTaken);
        return new(taken, sorted.Length - taken, found[0], found[1], found[2]);
    }
}
