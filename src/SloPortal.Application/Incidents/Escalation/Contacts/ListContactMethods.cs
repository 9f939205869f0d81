using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Contacts;

public sealed record WayRow(Guid Id, ContactChannel Channel, string Hint, int DelayMinutes, DateTimeOffset? LastSentAt, DateTimeOffset? LastFailedAt, string? LastError);

/// <param name="Account">Where mail goes while there is no other way; null where the portal sends none.</param>
/// <param name="PushKey">With which a browser subscribes.</param>
public sealed record OwnWays(IReadOnlyList<WayRow> Ways, string? Account, string PushKey);

/// <summary>The ways by which the actor is called, the first at first.</summary>
public sealed record ListContactMethods
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, PushKeys keys, Mailer mailer)
    {
        public async Task<Outcome<OwnWays>> HandleAsync(ListContactMethods request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.ManageOwnAccount))
                return Denial.Of(actor, Permission.ManageOwnAccount);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var ways = await db.ContactMethods.AsNoTracking().Where(c => c.PersonId == actor.PersonId && c.RemovedAt == null).OrderBy(c => c.DelayMinutes).ThenBy(c => c.CreatedAt)
                .Select(c => new WayRow(c.Id, c.Channel, c.Hint, c.DelayMinutes, c.LastSentAt, c.LastFailedAt, c.LastError)).ToListAsync(ct);
            var mail = mailer.IsConfigured ? await db.Users.Where(u => u.Id == actor.PersonId).Select(u => u.Email).SingleAsync(ct) : null;
            return new OwnWays(ways, mail, (await keys.GetAsync(ct)).PublicKey);
        }
    }
}
