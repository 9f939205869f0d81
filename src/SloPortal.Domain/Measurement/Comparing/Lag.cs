using SloPortal.Domain.Common;

namespace SloPortal.Domain.Measurement.Comparing;

/// <summary>By how much one measurement says later what another says.</summary>
/// <param name="Minutes">The second is so many minutes behind the first, ahead below zero; null when undetermined.</param>
/// <param name="Correlation">Of bad minutes at that shift, −1 to 1.</param>
/// <param name="Why">What it rests on, or why it cannot be told; part of a sentence.</param>
public sealed record Lag(int? Minutes, double? Correlation, string Why)
{
    public const int Furthest = 15;

    /// <summary>Fewer bad minutes than this tell nothing. Product policy, as the least correlation.</summary>
    public const int LeastBadMinutes = 5;

    public const double LeastCorrelation = 0.3;

    /// <summary>The shift within ±15 minutes at which bad minutes of both correlate the most (phi coefficient); of equals the smallest.</summary>
    /// <param name="first">Covers the same minutes as <paramref name="second"/>.</param>
    /// <param name="badBelow">The good share, 0 to 1, below which a minute is bad.</param>
    public static Lag Of(MinuteCounts first, MinuteCounts second, double badBelow)
    {
        var (a, b) = (Judge(first, badBelow), Judge(second, badBelow));
        if (a.Count(bad => bad == true) < LeastBadMinutes || b.Count(bad => bad == true) < LeastBadMinutes)
            return new(null, null, $"it takes {LeastBadMinutes} bad minutes in each to compare when they came");
        var (shift, correlation) = Enumerable.Range(-Furthest, 2 * Furthest + 1).OrderBy(Math.Abs)
            .Select(by => (By: by, Phi: Phi(a, b, by))).Aggregate((best, next) => next.Phi > best.Phi + 1e-12 ? next : best);
        return correlation < LeastCorrelation
            ? new(null, correlation, $"at no shift within {Furthest} minutes do their bad minutes go together")
            : new(shift, correlation, "at this shift their bad minutes go together the most");
    }

    private static bool?[] Judge(MinuteCounts counts, double badBelow)
    {
        var judged = new bool?[counts.Minutes];
        for (var minute = 0; minute < judged.Length; minute++)
            judged[minute] = counts.In(minute, minute + 1).Ratio is { } share ? share < badBelow : null;
        return judged;
    }

    /// <summary>Correlation of two yes-or-no series, over the minutes in which both have data; −1 where one of them never changes.</summary>
    private static double Phi(bool?[] a, bool?[] b, int by)
    {
        long n = 0, inA = 0, inB = 0, inBoth = 0;
        for (var minute = Math.Max(0, -by); minute < a.Length && minute + by < b.Length; minute++)
        {
            if (a[minute] is not { } badA || b[minute + by] is not { } badB)
                continue;
            n++;
            inA += badA ? 1 : 0;
            inB += badB ? 1 : 0;
            inBoth += badA && badB ? 1 : 0;
        }

        var spread = Math.Sqrt((double)inA * (n - inA)) * Math.Sqrt((double)inB * (n - inB));
        return spread == 0 ? -1 : ((double)n * inBoth - (double)inA * inB) / spread;
    }
}
