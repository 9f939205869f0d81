using System.Globalization;

namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>Says before Enter what a line will become.</summary>
public static class LinePreview
{
    /// <summary>"status → mitigated, 5 min ago".</summary>
    public static string Of(TypedLine line, LineContext context)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(context);
        var what = line switch
        {
            TypedLine.Note => "note",
            TypedLine.Decision => "decision",
            TypedLine.Pin { Number: { } number } => string.Create(CultureInfo.InvariantCulture, $"entry {number} → pinned"),
            TypedLine.Pin => "note, pinned",
            TypedLine.Status status => $"status → {IncidentStatusRules.Word(status.To)}",
            TypedLine.Severity severity => $"severity → {SeverityLevel.Code(severity.To)}",
            TypedLine.Role role => $"{IncidentRoles.Word(role.Of)} → {role.Person.Name}",
            TypedLine.Impact impact => Figures(impact, context) is { Length: > 0 } figures ? $"impact → {figures}" : "impact",
            _ => throw new ArgumentOutOfRangeException(nameof(line), line, null),
        };
        return line.OccurredAt is { } at ? $"{what}, {LineParser.Ago(at, context.Now)} ({Clock(at, context)})" : $"{what}, now";
    }

    private static string Figures(TypedLine.Impact impact, LineContext context)
    {
        var parts = new List<string>();
        if (impact.Users is { } users)
            parts.Add(users.ToString("N0", CultureInfo.InvariantCulture) + " users");
        if (impact.StartedAt is { } started)
            parts.Add("started " + Clock(started, context));
        if (impact.EndedAt is { } ended)
            parts.Add("ended " + Clock(ended, context));
        return string.Join(", ", parts);
    }

    private static string Clock(DateTimeOffset at, LineContext context)
    {
        var (local, now) = (TimeZoneInfo.ConvertTime(at, context.Zone), TimeZoneInfo.ConvertTime(context.Now, context.Zone));
        return local.ToString(local.Date == now.Date ? "HH:mm" : "d MMM HH:mm", CultureInfo.InvariantCulture);
    }
}
