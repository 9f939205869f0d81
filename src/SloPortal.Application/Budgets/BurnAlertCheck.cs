using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;

namespace SloPortal.Application.Budgets;

/// <summary>Answers, before an objective is agreed, which of its burn alerts could never fire.</summary>
internal sealed class BurnAlertCheck(IDbContextFactory<PortalDbContext> contexts) : IBurnAlerts
{
    public Guid PolicyOfNewObjectives => StoredAlertPolicy.DefaultId;

    public async Task<IReadOnlyList<FeasibilityFinding>> CheckAsync(Guid policyId, ObjectiveTarget target, SloWindow window, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var policy = await db.AlertPolicies.AsNoTracking().SingleAsync(p => p.Id == policyId, ct);
        return policy.Policy.CheckAgainst(target, window, now);
    }
}
