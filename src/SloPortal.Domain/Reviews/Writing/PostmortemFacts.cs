using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Domain.Reviews.Writing;

/// <summary>What is known of an incident when its postmortem is begun.</summary>
/// <param name="Alert">The burn alert that found it; null where people did.</param>
/// <param name="DeclaredBy">As the person is called.</param>
/// <param name="Timeline">Without what was corrected, in the order in which it happened.</param>
/// <param name="Attachments">Names of files.</param>
public sealed record PostmortemFacts(
    string Code, string Title, string Summary, string Severity,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, DateTimeOffset DeclaredAt, DateTimeOffset? AcknowledgedAt, DateTimeOffset? MitigatedAt, DateTimeOffset? ResolvedAt,
    long? UsersAffected, FoundByAlert? Alert, string DeclaredBy,
    IReadOnlyList<string> Services, IReadOnlyList<BudgetImpact> Budgets, IReadOnlyList<TimelineFact> Timeline, IReadOnlyList<string> Attachments);

/// <param name="Objective">"Orders placed of Checkout".</param>
public sealed record FoundByAlert(string Objective, DateTimeOffset FiredAt);

/// <summary>What it cost an objective.</summary>
/// <param name="Failed">Events that failed while users felt it.</param>
/// <param name="Minutes">Minutes of budget; null where nothing was measured.</param>
/// <param name="Share">Of the whole budget, 0 to 1 or more; null where nothing was measured.</param>
public sealed record BudgetImpact(string Objective, string Target, double? Failed, double? Minutes, double? Share);

public sealed record TimelineFact(DateTimeOffset OccurredAt, EntryKind Kind, Provenance Provenance, string Author, string Body);
