using System.Globalization;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Corrections;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Corrections;

/// <summary>How corrections are said.</summary>
internal static class CorrectionWords
{
    public static string Kind(CorrectionKind kind) => kind switch
    {
        CorrectionKind.Exclude => "Left out",
        CorrectionKind.Drill => "Drill, left out",
        CorrectionKind.Replace => "Other figures",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static (Tone Tone, string Word) State(CorrectionState state) => state switch
    {
        CorrectionState.Proposed => (Tone.Warn, "Waits for approval"),
        CorrectionState.InForce => (Tone.Info, "In force"),
        CorrectionState.Declined => (Tone.Neutral, "Declined"),
        CorrectionState.Withdrawn => (Tone.Neutral, "Withdrawn"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>Its first stretch, and the rule by which it comes again.</summary>
    public static string When(DateTimeOffset from, DateTimeOffset to, string? recurrence, TimeZoneInfo zone) =>
        $"{RelativeTime.Moment(from, zone)} to {RelativeTime.Moment(to, zone)}{(recurrence is null ? "" : $", repeats ({recurrence})")}";

    /// <summary>What the correction did to the count, in a sentence; empty where none of its minutes has passed.</summary>
    public static string Effect(CorrectionRow row) => row switch
    {
        { Measured: null } or { Counted: null } => row.State == CorrectionState.InForce ? "Nothing was measured in its minutes yet." : "",
        { Measured: { } measured, Counted: { } counted } when !counted.HasData => $"{Events(measured)} were measured and do not count.",
        { Measured: { } measured, Counted: { } counted } => $"{Events(measured)} were measured; {Events(counted)} count.",
        _ => "",
    };

    public static string Events(EventCounts counts) => $"{Number(counts.Total)} events, {Number(counts.Bad)} of them failed";

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
