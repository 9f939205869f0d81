using System.Globalization;
using SloPortal.Application.Governance.Retention;
using SloPortal.Domain.Measurement.Retention;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Governance.Retention;

/// <summary>How retention is told to people.</summary>
internal static class RetentionWords
{
    public static string Kept(int? days) => days switch
    {
        null => "for good",
        1 => "1 day",
        { } n => $"{Count(n)} days",
    };

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Describe(RetentionClass kind) => kind switch
    {
        RetentionClass.Minutes => "budgets, evidence and stories are counted from them",
        RetentionClass.Sums => "long charts, where the minutes are gone",
        RetentionClass.Arrivals => "what came from each source and what was refused, files that were brought",
        RetentionClass.Messages => "who was told of which alert, notices in the portal",
        RetentionClass.Signals => "what was received, who was called about it and why or why not; what goes on stays",
        RetentionClass.Records => "with timelines, actions and contracts; never removed",
        _ => "a chain, of which no entry can go; never removed",
    };

    public static string Going(PurgePreview preview, TimeZoneInfo zone) => (preview.Problem, preview.Going, preview.Held) switch
    {
        ({ } problem, _, _) => problem,
        (_, 0, 0) => $"Nothing is older than {RelativeTime.Moment(preview.Before, zone)}.",
        (_, 0, var held) => $"Nothing would go: legal holds keep {Count(held)} rows.",
        (_, var going, 0) => $"{Count(going)} rows from before {RelativeTime.Moment(preview.Before, zone)} would go, and cannot be brought back.",
        (_, var going, var held) => $"{Count(going)} rows from before {RelativeTime.Moment(preview.Before, zone)} would go, and cannot be brought back; legal holds keep {Count(held)} more.",
    };

    public static string Rows(PurgePreviewRow row, TimeZoneInfo zone) =>
        $"{Count(row.Going)} {NameOf(row.Table, row.Going)}{(row.Oldest is { } oldest ? $", the oldest of {RelativeTime.Day(oldest, zone)}" : "")}{(row.Held > 0 ? $"; {Count(row.Held)} held" : "")}";

    public static string NameOf(string table, long rows) => (table, rows == 1) switch
    {
        ("sli_minutes", true) => "minute",
        ("sli_minutes", false) => "minutes",
        ("sli_originals", true) => "minute as it was measured",
        ("sli_originals", false) => "minutes as they were measured",
        ("row_keys", true) => "key of a row",
        ("row_keys", false) => "keys of rows",
        ("sli_hours", true) => "hour",
        ("sli_hours", false) => "hours",
        ("sli_days", true) => "day",
        ("sli_days", false) => "days",
        ("source_counts", true) => "count of a source",
        ("source_counts", false) => "counts of sources",
        ("beacon_hours", true) => "count of a page group",
        ("beacon_hours", false) => "counts of page groups",
        ("file_runs", true) => "file with its refused rows",
        ("file_runs", false) => "files with their refused rows",
        ("notifications", true) => "notification",
        ("notifications", false) => "notifications",
        ("notices", true) => "notice",
        ("notices", false) => "notices",
        ("signals", true) => "signal with its ledger",
        ("signals", false) => "signals with their ledger",
        ("pages", true) => "page with its calls",
        ("pages", false) => "pages with their calls",
        _ => table,
    };
}
