using SloPortal.Domain.Budgets;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Changes;

/// <summary>An objective by the words and addresses that a reader knows it by.</summary>
public sealed record ObjectiveName(string Service, string ServiceName, string Objective, string Name);

/// <summary>A burn alert that fires.</summary>
/// <param name="LongBurn">Burn rate over the long window when it fired, 1 is an even burn.</param>
/// <param name="Factor">The burn rate from which it fires.</param>
public sealed record FiringAlert(Guid Id, ObjectiveName Objective, AlertSeverity Severity, TimeSpan LongWindow, double LongBurn, double Factor, DateTimeOffset FiredAt);

/// <summary>A proposal that waits for the reader's signature.</summary>
/// <param name="Target">Percent.</param>
public sealed record WaitingSignature(Guid Proposal, ObjectiveName Objective, decimal Target, string ProposedBy, DateTimeOffset ProposedAt);

/// <summary>A proposal whose sides do not come together, which the actor decides as its arbiter.</summary>
/// <param name="Supported">What engineering says it can support, in percent; null where it said nothing.</param>
/// <param name="Wanted">What stakeholders want, in percent; null where they said nothing.</param>
/// <param name="Deadline">Null where none was set.</param>
public sealed record WaitingDecision(Guid Proposal, ObjectiveName Objective, decimal Target, decimal? Supported, decimal? Wanted, DateTimeOffset? Deadline);

/// <summary>An objective that is exhausted or at risk.</summary>
public sealed record ObjectiveAtRisk(ObjectiveName Objective, BudgetStanding Standing, string Sentence);

/// <summary>A source from which nothing comes any more.</summary>
public sealed record StoppedSource(int Id, string Name, SourceKind Kind, DateTimeOffset LastArrivalAt, string? LastError);

public sealed record RecentDeployment(string Service, string ServiceName, string Version, string Environment, DateTimeOffset DeployedAt);

/// <summary>What somebody should look at now, each list with what hurts most first.</summary>
/// <param name="OfMyTeams">Whether alerts, objectives and deployments are those of the actor's teams; otherwise of all services.</param>
public sealed record Needs(
    bool OfMyTeams,
    IReadOnlyList<FiringAlert> Alerts,
    IReadOnlyList<WaitingSignature> Signatures,
    IReadOnlyList<WaitingDecision> Decisions,
    IReadOnlyList<ObjectiveAtRisk> AtRisk,
    IReadOnlyList<StoppedSource> Stopped,
    IReadOnlyList<RecentDeployment> Deployments)
{
    /// <summary>Things to do something about; deployments only inform.</summary>
    public int Count => Alerts.Count + Signatures.Count + Decisions.Count + AtRisk.Count + Stopped.Count;
}
