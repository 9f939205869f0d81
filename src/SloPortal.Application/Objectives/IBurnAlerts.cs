using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;

namespace SloPortal.Application.Objectives;

/// <summary>What must be known about burn alerts before an objective is agreed; the area Budgets answers.</summary>
public interface IBurnAlerts
{
    /// <summary>The policy that a new objective gets.</summary>
    Guid PolicyOfNewObjectives { get; }

    /// <summary>The rules of the policy that could never fire, or make no sense, for these terms.</summary>
    Task<IReadOnlyList<FeasibilityFinding>> CheckAsync(Guid policyId, ObjectiveTarget target, SloWindow window, DateTimeOffset now, CancellationToken ct);
}
