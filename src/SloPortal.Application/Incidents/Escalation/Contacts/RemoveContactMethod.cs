using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Escalation.Contacts;

/// <summary>Takes away a way by which the actor was called.</summary>
public sealed record RemoveContactMethod(Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RemoveContactMethod request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RemoveContactMethod, Done>(request, actor, Permission.ManageOwnAccount, async change =>
            {
                var way = await change.Db.ContactMethods.SingleOrDefaultAsync(c => c.Id == request.Id && c.PersonId == actor.PersonId && c.RemovedAt == null, ct);
                if (way is null)
                    return Refusal.NotFound("This way");
                way.Remove(change.Now);
                change.Audit("contact_method.removed", "person", actor.PersonId, actor.Name, new { way.Channel, way.Hint });
                change.Publish("contacts/" + actor.PersonId);
                return Done.Value;
            }, ct);
    }
}
