using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Notifying;

/// <summary>Sends a message at once, to see that a target works; a failure is answered with its reason.</summary>
public sealed record SendTestMessage(string Team, Guid Id)
{
    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, TargetSender sender, IOptions<PortalSettings> portal, TimeProvider clock)
    {
        public async Task<Outcome<Done>> HandleAsync(SendTestMessage request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.OwnServices))
                return Denial.Of(actor, Permission.OwnServices);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await TargetToChange.TeamAsync(db, request.Team, actor, ct);
            if (!found.Succeeded)
                return found.Refusal;
            var target = await db.NotificationTargets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == request.Id && t.TeamId == found.Value.Id && t.RemovedAt == null, ct);
            if (target is null)
                return Refusal.NotFound("The notification target");

            // Outside the transaction, which must not wait for somebody else's server.
            var id = Guid.CreateVersion7(clock.GetUtcNowInMicroseconds());
            var link = portal.Value.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') : null;
            var message = Message.Test(id, found.Value.Name, link);
            var error = await sender.TryAsync(target, message, new(id, "test", message.Sentence, link, found.Value.Name), ct);
            return await work.ChangeAsync<SendTestMessage, Done>(request, actor, Permission.OwnServices, change =>
            {
                change.Audit("notification_target.tested", "team", found.Value.Id, found.Value.Name,
                    new { target.Channel, Address = ListNotificationTargets.Masked(target), taken = error is null });
                return Task.FromResult<Outcome<Done>>(Done.Value);
            }, ct) is { Succeeded: false } refused ? refused : error is null ? Done.Value : Refusal.Conflict($"The test message was not taken. {error}");
        }
    }
}
