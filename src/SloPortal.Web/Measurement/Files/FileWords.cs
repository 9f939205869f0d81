using System.Globalization;
using SloPortal.Application.Measurement.Files;
using SloPortal.Domain.Measurement.Files;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Files;

/// <summary>Files and mappings in words.</summary>
internal static class FileWords
{
    public static bool IsOver(FileRunRow row) => row.State is FileRunState.Done or FileRunState.Failed;

    public static (Tone Tone, string Word) State(FileRunState state) => state switch
    {
        FileRunState.Draft => (Tone.Neutral, "Not counted yet"),
        FileRunState.Waiting => (Tone.Info, "Waiting"),
        FileRunState.Running => (Tone.Info, "Counting"),
        FileRunState.Done => (Tone.Good, "Counted"),
        FileRunState.Failed => (Tone.Bad, "Failed"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static string Standing(FileRunRow row) => row switch
    {
        { State: FileRunState.Waiting } => "It is counted in a moment.",
        { State: FileRunState.Running } => $"{Number(row.RowsRead)} rows are read so far.",
        { Kept: 0, Duplicates: > 0, Refused: 0 } => "All its rows were known already, so nothing changed.",
        { RowsRead: 0 } => "It has no rows.",
        _ => $"{Number(row.Kept)} of {Number(row.RowsRead)} rows were kept{(row.Duplicates > 0 ? $", {Were(row.Duplicates)} known already" : "")}{(row.Refused > 0 ? $", {Were(row.Refused)} refused" : "")}.",
    };

    private static string Were(long rows) => rows == 1 ? "1 was" : $"{Number(rows)} were";

    public static string Number(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    public static string Delimiter(string? delimiter) => delimiter switch
    {
        ";" => "semicolons",
        "\t" => "tabs",
        "|" => "bars",
        _ => "commas",
    };

    public static string Form(TimeForm form) => form switch
    {
        TimeForm.Iso => "2026-11-26 10:00:00",
        TimeForm.UnixSeconds => "Seconds since 1970",
        TimeForm.UnixMilliseconds => "Milliseconds since 1970",
        TimeForm.WebLog => "10/Oct/2000:13:55:36 -0700",
        TimeForm.Syslog => "Oct 10 13:55:36, no year",
        TimeForm.Custom => "Another format",
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
    };

    public static string Test(GoodTest test) => test switch
    {
        GoodTest.OneOf => "is one of",
        GoodTest.Matches => "matches",
        GoodTest.StatusClasses => "is a status of",
        GoodTest.AtMost => "is at most",
        GoodTest.Below => "is below",
        GoodTest.AtLeast => "is at least",
        GoodTest.Above => "is above",
        _ => throw new ArgumentOutOfRangeException(nameof(test), test, null),
    };

    /// <summary>A mapping as names and values.</summary>
    public static IEnumerable<(string Name, string Value)> Mapping(RowMapping? mapping)
    {
        if (mapping is null)
            yield break;
        yield return mapping.Format == RowFormat.Csv ? ("Values between", Delimiter(mapping.Delimiter)) : ("Lines", mapping.Pattern ?? "");
        yield return ("Time", $"{mapping.Time.Column}, {(mapping.Time.Form == TimeForm.Custom ? mapping.Time.Format : Form(mapping.Time.Form))}, {mapping.Time.Zone}");
        var counts = mapping.Counts;
        yield return counts.Meaning == RowMeaning.Event
            ? ("Good when", $"{counts.Column} {Test(counts.Test)} {counts.Value}")
            : ("Counts", $"{(string.IsNullOrEmpty(counts.Good) ? $"{counts.Bad} bad" : $"{counts.Good} good")} of {counts.Total}, {counts.Minutes} min {(counts.TimeIsEnd ? "up to the time" : "from the time on")}");
    }
}
