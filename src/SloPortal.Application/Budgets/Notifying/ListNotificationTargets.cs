using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Notifying;

public sealed record TargetRow(Guid Id, NotificationChannel Channel, string Address, AlertSeverity MinimumSeverity, bool IsSigned, DateTimeOffset CreatedAt);

/// <param name="MayChange">The actor may add, remove and test.</param>
public sealed record TeamTargets(string Team, string TeamName, IReadOnlyList<TargetRow> Targets, bool MayChange);

/// <summary>Where a team is told about burn alerts. The address of a webhook may hold a secret, so only those who may change it see it whole.</summary>
public sealed record ListNotificationTargets(string Team)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<TeamTargets>> HandleAsync(ListNotificationTargets request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var team = await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == request.Team, ct);
            if (team is null)
                return Refusal.NotFound($"The team \"{request.Team}\"");
            var mayChange = actor.MayChangeFor(team.Id);
            var targets = await db.NotificationTargets.AsNoTracking().Where(t => t.TeamId == team.Id && t.RemovedAt == null).OrderBy(t => t.CreatedAt).ToListAsync(ct);
            return new TeamTargets(team.Slug, team.Name, targets.ConvertAll(t => new TargetRow(
                t.Id, t.Channel, mayChange ? t.Address : Masked(t), t.MinimumSeverity, t.ProtectedSecret is not null, t.CreatedAt)), mayChange);
        }
    }

    /// <summary>A webhook's path is often its password.</summary>
    internal static string Masked(NotificationTarget target) =>
        target.Channel == NotificationChannel.Webhook && Uri.TryCreate(target.Address, UriKind.Absolute, out var uri) ? $"{uri.Scheme}://{uri.Authority}/…" : target.Address;
}
