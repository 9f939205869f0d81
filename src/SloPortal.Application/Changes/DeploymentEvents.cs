using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Changes;

/// <summary>Deployments of the service on the axis of its objectives.</summary>
internal sealed class DeploymentEvents(IDbContextFactory<PortalDbContext> contexts) : IStoryEvents
{
    private const int Most = 500;

    public async Task<IReadOnlyList<StoryMark>> InAsync(StoryScope scope, Interval range, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Deployments.AsNoTracking()
            .Where(d => d.ServiceId == scope.ServiceId && d.DeployedAt >= range.Start && d.DeployedAt <= range.End)
            .OrderByDescending(d => d.DeployedAt).Take(Most)
            .Select(d => new StoryMark("deployment", d.Id, d.DeployedAt, d.Environment == "production" ? "Deploy " + d.Version : "Deploy " + d.Version + ", " + d.Environment, null, false, false, d.Url, null))
            .ToListAsync(ct);
    }
}
