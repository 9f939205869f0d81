using SloPortal.Application.Incidents.Response;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <summary>An incident with all that its page shows beside the timeline.</summary>
/// <param name="DeclaredBy">The person's name, or the portal's.</param>
/// <param name="ImpactSeconds">From the start to the end, or to <paramref name="ReadAt"/>.</param>
/// <param name="WarRoomOpenedAt">Since when there is or was a war room; null where there never was one.</param>
/// <param name="WarRoomClosedAt">Null while it is open.</param>
/// <param name="Readers">Who may see it; empty while everybody may.</param>
/// <param name="MergedInto">In which it goes on; then nothing here can be changed.</param>
/// <param name="MergedFrom">Which go on in it; their entries are shown among its own.</param>
/// <param name="Alerts">The newest first.</param>
/// <param name="Roles">Every role, in their order, also those that nobody holds.</param>
/// <param name="NextStatuses">Which may follow.</param>
/// <param name="Severities">What each severity means, the worst first.</param>
/// <param name="Version">To be given back with what people edit.</param>
public sealed record IncidentDetail(
    Guid Id, int Number, string Code, string Title, string Summary, IncidentStatus Status, IncidentSeverity Severity,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, double ImpactSeconds, long? UsersAffected, string DeclaredBy, DateTimeOffset DeclaredAt,
    DateTimeOffset? AcknowledgedAt, DateTimeOffset? MitigatedAt, DateTimeOffset? ResolvedAt, DateTimeOffset? ClosedAt, DateTimeOffset? WarRoomOpenedAt, DateTimeOffset? WarRoomClosedAt,
    bool IsRestricted, IReadOnlyList<IncidentPerson> Readers, IncidentName? MergedInto, DateTimeOffset? MergedAt, IReadOnlyList<IncidentName> MergedFrom,
    IReadOnlyList<AffectedService> Services, IReadOnlyList<AffectedObjective> Objectives, IReadOnlyList<JoinedAlert> Alerts, IReadOnlyList<IncidentRoleRow> Roles,
    IReadOnlyList<IncidentStatus> NextStatuses, IReadOnlyList<SeverityRow> Severities, IncidentPowers May, DateTimeOffset ReadAt, uint Version)
{
    /// <summary>Its people meet in a war room now.</summary>
    public bool HasWarRoom => WarRoomOpenedAt is not null && WarRoomClosedAt is null;
}

public sealed record IncidentPerson(Guid Id, string Name);

public sealed record IncidentName(int Number, string Code, string Title);

public sealed record AffectedService(string Slug, string Name, string Team);

/// <summary>An objective whose budget the incident spends.</summary>
/// <param name="TargetPercent">Of the version in force at the end of the impact, which is also the one that the burned budget is of; null where none is.</param>
/// <param name="Burned">Since the start of the impact, live while it lasts; null where no version is in force.</param>
/// <param name="LeftShare">Of the whole budget now; null without data.</param>
/// <param name="BurnLastHour">Times even burn now; null without data.</param>
/// <param name="Standing">How the budget stands now; null before its first evaluation.</param>
public sealed record AffectedObjective(
    string Service, string ServiceName, string Slug, string Name, decimal? TargetPercent, string? Window, BurnedBudget? Burned, double? LeftShare, double? BurnLastHour, BudgetStanding? Standing);

/// <param name="LongBurn">Times even burn over the long window when it fired.</param>
public sealed record JoinedAlert(
    Guid Id, string Service, string Objective, string ObjectiveName, AlertSeverity Severity, int LongMinutes, double Factor, double LongBurn, DateTimeOffset FiredAt, DateTimeOffset? EndedAt);

/// <param name="Holder">Null while nobody holds it.</param>
public sealed record IncidentRoleRow(IncidentRole Role, IncidentPerson? Holder);

/// <summary>What the actor may do here.</summary>
/// <param name="Write">Write in the timeline, describe, correct impact and what is affected.</param>
/// <param name="Run">Change status, severity, roles, restriction, and merge.</param>
public sealed record IncidentPowers(bool Write, bool Run);
