using System.Globalization;
using SloPortal.Application.Budgets.Alerts;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Budgets;

/// <summary>Alerts and their messages as the pages say them.</summary>
internal static class AlertWords
{
    public static string Word(AlertSeverity severity) => severity == AlertSeverity.Page ? "Page" : "Ticket";

    public static Tone ToneOf(AlertSeverity severity) => severity == AlertSeverity.Page ? Tone.Bad : Tone.Warn;

    /// <summary>"1 h and 5 min".</summary>
    public static string Windows(int longMinutes, int shortMinutes) => $"{Window(longMinutes)} and {Window(shortMinutes)}";

    /// <summary>"24 h" as the tables of the trade have it, else in the largest units.</summary>
    public static string Window(int minutes) => minutes == 24 * 60 ? "24 h" : HumanDuration.Text(TimeSpan.FromMinutes(minutes));

    /// <summary>How an alert ended, as a pill: by the burn that fell, or because nothing looks at it any more.</summary>
    public static (Tone Tone, string Text) PillOf(AlertRow alert) => alert switch
    {
        { ResolvedAt: null } => (ToneOf(alert.Severity), "Firing"),
        { EndReason: null } => (Tone.Good, "Resolved"),
        _ => (Tone.Neutral, "Ended"),
    };

    /// <summary>"412 of 90,000 events failed"; of slices also parts.</summary>
    public static string Failed(double bad, double total, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{bad:#,0.##} of {total:#,0.##} {unit} failed, {total - bad:#,0.##} were good");

    public static string Channel(NotificationChannel channel) => channel == NotificationChannel.Mail ? "Mail" : "Webhook";

    /// <summary>"Fired: sent", "Resolved: try 3 failed, tried again".</summary>
    public static string Outcome(ToldRow told) => (told.Event == NotificationEvent.Fired ? "Firing" : "Resolution") + told.State switch
    {
        NotificationState.Sent => ": sent",
        NotificationState.Failed => ": given up",
        NotificationState.Waiting => told.Attempts == 0 ? ": waits to be sent" : string.Create(CultureInfo.InvariantCulture, $": try {told.Attempts} failed, tried again"),
        _ => throw new ArgumentOutOfRangeException(nameof(told), told.State, null),
    };
}
