using System.Globalization;
using SloPortal.Application.Measurement.Segments;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Web.Measurement.Segments;

/// <summary>Segments as the pages say them.</summary>
internal static class SegmentWords
{
    /// <summary>"eu · premium"; "Other" for what is counted together.</summary>
    public static string Name(IReadOnlyList<string> values, bool isOther) => isOther ? "Other" : string.Join(" · ", values.Select(SliSegment.Shown));

    /// <summary>What stands below "Other".</summary>
    public static string Other(SegmentsTold told) => told.OtherValues is > 0 and var values
        ? $"at least {Number(values)} {(values == 1 ? "value" : "values")} beyond the {Number(told.Split!.Cap)} that are counted apart"
        : $"values beyond the {Number(told.Split!.Cap)} that are counted apart";

    public static string Of(SegmentWindow window, SegmentsTold told) => window switch
    {
        SegmentWindow.Hour => "1 h",
        SegmentWindow.SixHours => "6 h",
        SegmentWindow.Day => "1 d",
        SegmentWindow.Week => "7 d",
        SegmentWindow.Objective => told.Objective!.WindowPhrase,
        _ => throw new ArgumentOutOfRangeException(nameof(window), window, null),
    };

    /// <summary>"eu took 83 % of what failed, with 21 % of the events."</summary>
    public static string Standing(SegmentsTold told) => told.Segments switch
    {
        [] => "No segment has counted anything yet.",
        [{ ShareOfBad: { } bad, ShareOfEvents: { } events } first, ..] =>
            $"{Name(first.Values, first.IsOther)} took {PercentText.Spent(bad)} of what failed, with {PercentText.Left(events)} of the events.",
        _ when told.Together.HasData => "Nothing failed in this window.",
        _ => "There was no event in this window.",
    };

    public static string Count(double events) => events.ToString("#,0.##", CultureInfo.InvariantCulture);

    public static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
