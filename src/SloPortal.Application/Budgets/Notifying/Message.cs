using System.Globalization;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Notifying;

/// <summary>What a message is about, as read when it is sent.</summary>
public sealed record MessageFacts(
    Guid NotificationId, NotificationEvent Event, Alert Alert, string Objective, string ObjectiveSlug, string Service, string ServiceSlug,
    string Team, decimal TargetPercent, string Window, string Unit, double? LeftShareNow, string? SentenceNow, string? Link);

/// <summary>A message in the forms that a channel needs.</summary>
/// <param name="Facts">Names and values, in the order in which they are read.</param>
/// <param name="LinkText">What the link does.</param>
public sealed record Message(Guid Id, string Subject, string Sentence, IReadOnlyList<(string Name, string Value)> Facts, string? Link, string LinkText = "Open the objective")
{
    public static Message Of(MessageFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var alert = facts.Alert;
        var kind = alert.Severity == AlertSeverity.Page ? "Page" : "Ticket";
        var name = $"{facts.Service}: {facts.Objective}";
        var fired = facts.Event == NotificationEvent.Fired;
        List<(string, string)> lines =
        [
            ("Service", facts.Service),
            ("Objective", $"{facts.Objective}, {facts.TargetPercent.ToString(CultureInfo.InvariantCulture)} % over {facts.Window}"),
            ("Team", facts.Team),
            ($"Burn over {HumanDuration.Text(alert.LongWindow)}", $"{Burn(alert.LongBurn)}, {Failed(alert.LongGood, alert.LongTotal, facts.Unit)}"),
            ($"Burn over {HumanDuration.Text(alert.ShortWindow)}", $"{Burn(alert.ShortBurn)}, {Failed(alert.ShortGood, alert.ShortTotal, facts.Unit)}"),
            ("Fires above", Burn(alert.Factor)),
            ("Fired", Utc(alert.FiredAt)),
        ];
        if (alert.LeftShare is { } then)
            lines.Add(("Budget left when it fired", PercentText.Left(then)));
        if (!fired && alert.ResolvedAt is { } resolved)
            lines.Add(("Resolved", $"{Utc(resolved)}, after {HumanDuration.Text(resolved - alert.FiredAt)}"));
        if (facts.LeftShareNow is { } now)
            lines.Add(("Budget left now", PercentText.Left(now)));
        return new(
            facts.NotificationId,
            fired ? $"{kind}: {name} burns {Burn(alert.LongBurn)}" : $"Resolved: {name}",
            fired
                ? $"{name} spends its error budget {alert.LongBurn.ToString("0.#", CultureInfo.InvariantCulture)} times as fast as it lasts."
                : alert.EndReason ?? $"{name} no longer burns faster than its {kind.ToLowerInvariant()} rules allow.",
            lines, facts.Link);
    }

    /// <summary>What a team sends to see that a target works.</summary>
    public static Message Test(Guid id, string team, string? link) => new(
        id, $"Test from SloPortal for {team}", "This is a test. Messages about burn alerts of your team arrive here.", [("Team", team)], link);

    private static string Burn(double burn) => burn.ToString("0.##", CultureInfo.InvariantCulture) + "×";

    private static string Failed(double good, double total, string unit) => string.Create(
        CultureInfo.InvariantCulture, $"{new EventCounts(good, total).Bad:#,0.##} of {total:#,0.##} {unit} failed");

    private static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
