using System.Globalization;
using SloPortal.Application.Reviews.Archive.Exporting;
using SloPortal.Domain.Reviews.Archive;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Reviews.Archive;

internal static class ExportText
{
    public static string Sentence(string selection) => selection == ArchiveWords.All ? "All published postmortems" : char.ToUpperInvariant(selection[0]) + selection[1..];

    public static string State(ExportRow row) => row.State switch
    {
        ExportState.Waiting => "Waiting",
        ExportState.Running => "Counting",
        ExportState.Done => row.KeptUntil is null ? "Removed" : "Ready",
        ExportState.Failed => "Failed",
        _ => throw new ArgumentOutOfRangeException(nameof(row), row.State, null),
    };

    public static Tone ToneOf(ExportRow row) => row.State switch
    {
        ExportState.Done => row.KeptUntil is null ? Tone.Neutral : Tone.Good,
        ExportState.Failed => Tone.Bad,
        _ => Tone.Info,
    };

    public static string Progress(ExportRow row) => row.Total == 0 ? "waiting to begin" : string.Create(CultureInfo.InvariantCulture, $"{row.Written:N0} of {row.Total:N0}");

    /// <summary>"4.2 MB", in steps of 1,000 as files are shown.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };
}
