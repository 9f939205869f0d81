using System.Globalization;
using SloPortal.Application.Incidents;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents;

/// <summary>How an incident stands, in words.</summary>
internal static class IncidentSentence
{
    /// <summary>"41 min since it began, mitigated 14 min ago."</summary>
    public static string Since(IncidentDetail incident, DateTimeOffset now, TimeZoneInfo zone)
    {
        var began = incident.EndedAt is { } ended
            ? $"Users felt it for {HumanDuration.Text(ended - incident.StartedAt)}"
            : $"{HumanDuration.Text(now - incident.StartedAt)} since it began";
        var became = incident.Status switch
        {
            IncidentStatus.Acknowledged => incident.AcknowledgedAt,
            IncidentStatus.Mitigated => incident.MitigatedAt,
            IncidentStatus.Resolved => incident.ResolvedAt,
            IncidentStatus.Closed => incident.ClosedAt,
            _ => null,
        };
        return became is { } at ? $"{began}, {IncidentStatusRules.Word(incident.Status)} {RelativeTime.Describe(at, now, zone)}." : $"{began}, and nobody has taken it.";
    }

    /// <summary>"Burned 14.2 min of the budget of Orders placed, 21.4 % left."</summary>
    public static string Budget(IncidentDetail incident)
    {
        var worst = incident.Objectives.Where(o => o.Burned?.Share is not null).MaxBy(o => o.Burned!.Share);
        if (worst is null)
            return incident.Objectives.Count == 0 ? "No objective is named yet." : "No budget has been counted yet.";
        var others = incident.Objectives.Count - 1;
        return $"Burned {Burned(worst)} of the budget of {worst.Name}{(worst.LeftShare is { } left ? $", {PercentText.Left(left)} left" : "")}"
            + (others == 0 ? "." : others == 1 ? "; one other objective is hit." : $"; {others} other objectives are hit.");
    }

    /// <summary>"14.2 min (31 %)".</summary>
    public static string Burned(AffectedObjective objective) => objective.Burned is { Share: { } share } burned
        ? string.Create(CultureInfo.InvariantCulture, $"{burned.Minutes:0.0} min ({share:0 %})")
        : "nothing counted";

    /// <summary>What the button says that leads there.</summary>
    public static string Verb(IncidentStatus to) => to switch
    {
        IncidentStatus.Acknowledged => "Acknowledge",
        IncidentStatus.Mitigated => "Confirm mitigated",
        IncidentStatus.Resolved => "Confirm resolved",
        IncidentStatus.Closed => "Close",
        IncidentStatus.Detected => throw new ArgumentOutOfRangeException(nameof(to), to, "Nothing leads back to detected."),
        _ => throw new ArgumentOutOfRangeException(nameof(to), to, null),
    };
}
