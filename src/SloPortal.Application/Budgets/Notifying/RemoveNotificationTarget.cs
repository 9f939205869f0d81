using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Notifying;

/// <summary>Tells a place no more. What was sent to it stays on record.</summary>
public sealed record RemoveNotificationTarget(string Team, Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RemoveNotificationTarget request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RemoveNotificationTarget, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await TargetToChange.TeamAsync(change.Db, request.Team, actor, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var target = await change.Db.NotificationTargets.SingleOrDefaultAsync(t => t.Id == request.Id && t.TeamId == found.Value.Id && t.RemovedAt == null, ct);
                if (target is null)
                    return Refusal.NotFound("The notification target");
                target.Remove(change.Now);
                change.Audit("notification_target.removed", "team", found.Value.Id, found.Value.Name, new { target.Channel, Address = ListNotificationTargets.Masked(target) });
                change.Publish("teams");
                return Done.Value;
            }, ct);
    }
}
