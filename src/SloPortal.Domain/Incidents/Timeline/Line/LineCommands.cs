using System.Globalization;

namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>A word after the slash, and what it is for.</summary>
public sealed record LineCommand(string Word, string Usage, string Purpose);

/// <summary>The words that lines are made of.</summary>
public static class LineCommands
{
    public static IReadOnlyList<LineCommand> All { get; } =
    [
        new("status", "/status mitigated", "Say how it stands now"),
        new("severity", "/severity 2 reason", "Say how bad it is"),
        new("role", "/role commander @name", "Hand a role to somebody"),
        new("impact", "/impact users 1200", "Say what users felt: in words, or users, started and ended"),
        new("decision", "/decision what and why", "Record a decision"),
        new("pin", "/pin what must not be forgotten", "Record it and pin it; #4 pins entry 4"),
        new("note", "/note text", "Record what happened; the same as no command"),
    ];

    internal static string Words { get; } = string.Join(", ", All.Select(c => "/" + c.Word));

    internal static IncidentStatus? StatusOf(string word) =>
        Enum.GetValues<IncidentStatus>().Cast<IncidentStatus?>().FirstOrDefault(s => IncidentStatusRules.Word(s!.Value).Equals(word, StringComparison.OrdinalIgnoreCase))
        ?? (word.Equals("ack", StringComparison.OrdinalIgnoreCase) ? IncidentStatus.Acknowledged : null);

    internal static IncidentSeverity? SeverityOf(string word)
    {
        var digits = word.ToLowerInvariant().Replace("sev", "", StringComparison.Ordinal).TrimStart('-');
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && Enum.IsDefined((IncidentSeverity)n) ? (IncidentSeverity)n : null;
    }

    internal static IncidentRole? RoleOf(string word) => word.ToLowerInvariant() switch
    {
        "commander" or "ic" => IncidentRole.Commander,
        "operations" or "ops" => IncidentRole.OperationsLead,
        "communications" or "comms" => IncidentRole.Communications,
        "scribe" => IncidentRole.Scribe,
        _ => null,
    };

    /// <summary>"operations lead".</summary>
    public static string Word(IncidentRole role) => role switch
    {
        IncidentRole.Commander => "commander",
        IncidentRole.OperationsLead => "operations lead",
        IncidentRole.Communications => "communications",
        IncidentRole.Scribe => "scribe",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    /// <summary>As it is typed: one word.</summary>
    internal static string Typed(IncidentRole role) => role == IncidentRole.OperationsLead ? "operations" : Word(role);

    /// <summary>The first word, and what follows it.</summary>
    internal static (string Word, string After) Split(string text)
    {
        var end = text.AsSpan().IndexOfAny(" \t\n");
        return end < 0 ? (text, "") : (text[..end], text[end..].TrimStart());
    }
}
