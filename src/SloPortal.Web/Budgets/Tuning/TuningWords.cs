using System.Globalization;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Budgets.Tuning;

/// <summary>Figures of back-tests as the pages say them. What cannot be told is "unknown", never zero and never 100 %.</summary>
internal static class TuningWords
{
    public const string Rule =
        "An alert counts as true if it overlaps an interval that should have paged, or begins within 15 minutes before or after it, and does not begin in one that is marked as one that should not. "
        + "Labels are the incidents of the service that you may see, from when users felt them to when they no longer did, and what people marked. Where nothing is known that should have paged, alerts are not judged.";

    public static string Share(double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.#} %") : "unknown";

    /// <summary>Rounded up: what is missed never looks less than it is.</summary>
    public static string Missed(double? share) => share is { } known ? PercentText.Spent(known) : "unknown";

    public static string Weekly(double perWeek) => perWeek.ToString(perWeek >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);

    public static string Took(Durations? durations) => durations is null ? "unknown" : $"{Took(durations.Median)}, p90 {Took(durations.P90)}";

    public static string Took(TimeSpan took) => took == TimeSpan.Zero ? "at once" : HumanDuration.Text(took);

    /// <summary>"42 % of a budget".</summary>
    public static string Budgets(double? budgets) => budgets is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.#} % of a budget") : "unknown";

    public static string True(AlertFigures figures) => figures.Precision is null
        ? figures.Alerts == 0 ? "unknown: nothing fired" : "unknown: nothing to judge by"
        : string.Create(CultureInfo.InvariantCulture, $"{Share(figures.Precision)} ({figures.True:N0} of {figures.True + figures.False:N0})");

    public static string Detected(AlertFigures figures) => figures.Recall is null
        ? "unknown: no labels" : string.Create(CultureInfo.InvariantCulture, $"{Share(figures.Recall)} ({figures.Detected:N0} of {figures.Known:N0})");

    public static string Kind(LabelKind kind) => kind == LabelKind.ShouldPage ? "Should page" : "Should not page";
}
