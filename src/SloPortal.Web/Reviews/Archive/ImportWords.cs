using System.Globalization;
using SloPortal.Application.Reviews.Archive.Import;

namespace SloPortal.Web.Reviews.Archive;

internal static class ImportWords
{
    public static string Of(ImportFate fate) => fate switch
    {
        ImportFate.Imported => "imported",
        ImportFate.WouldBeImported => "would be imported",
        ImportFate.Known => "in the archive already",
        ImportFate.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, null),
    };

    /// <summary>"131 files: 120 imported, 1 in the archive already, 10 refused."</summary>
    public static string Sum(ImportReport report)
    {
        var parts = Enum.GetValues<ImportFate>().Select(f => (Fate: f, Count: report.Count(f))).Where(p => p.Count > 0)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Count:N0} {Of(p.Fate)}"));
        return string.Create(CultureInfo.InvariantCulture, $"{report.Files.Count:N0} {(report.Files.Count == 1 ? "file" : "files")}: {string.Join(", ", parts)}.");
    }
}
