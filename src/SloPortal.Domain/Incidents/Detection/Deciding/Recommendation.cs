namespace SloPortal.Domain.Incidents.Detection.Deciding;

/// <summary>What a policy says about a breach.</summary>
/// <param name="Row">Counted from 1; null where none holds.</param>
/// <param name="Severity">Null for no incident.</param>
/// <param name="Reason">The row's; null where none holds.</param>
public sealed record Recommendation(int? Row, IncidentSeverity? Severity, bool WarRoom, string? Reason)
{
    public static Recommendation NoIncident { get; } = new(null, null, false, null);

    /// <summary>"SEV-1 with a war room", "SEV-3 without a war room" or "no incident".</summary>
    public string Words => Severity is { } severity ? Said(severity, WarRoom) : "no incident";

    public static string Said(IncidentSeverity severity, bool warRoom) => $"{SeverityLevel.Code(severity)} {(warRoom ? "with" : "without")} a war room";
}

/// <summary>A row held against what is known.</summary>
/// <param name="Number">Counted from 1.</param>
public sealed record RowJudged(int Number, bool Holds, IReadOnlyList<ConditionJudged> Conditions);

/// <summary>A recommendation with how it came about.</summary>
/// <param name="Rows">Those that were looked at, in their order; the last one holds where any does.</param>
public sealed record Decided(Recommendation Recommendation, IReadOnlyList<RowJudged> Rows);
