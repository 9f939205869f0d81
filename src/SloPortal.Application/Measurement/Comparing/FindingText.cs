using System.Globalization;
using SloPortal.Domain.Measurement.Comparing;

namespace SloPortal.Application.Measurement.Comparing;

/// <summary>A finding as a sentence.</summary>
public static class FindingText
{
    public static string Of(FindingKind kind, int hours, double? largestPoints, string sli, string other) => kind switch
    {
        FindingKind.Difference => $"{sli} and {other} have been up to {(largestPoints ?? 0).ToString("0.##", CultureInfo.InvariantCulture)} percentage points apart for {Hours(hours)}.",
        FindingKind.SliSilent => $"{sli} has had no data for {Hours(hours)} in which {other} has.",
        FindingKind.OtherSilent => $"{other} has had no data for {Hours(hours)} in which {sli} has.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Hours(int hours) => hours == 1 ? "an hour" : $"{hours.ToString(CultureInfo.InvariantCulture)} hours";
}
