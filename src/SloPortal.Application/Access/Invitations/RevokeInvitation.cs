using Microsoft.EntityFrameworkCore;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Withdraws an invitation that nobody has used.</summary>
public sealed record RevokeInvitation(Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RevokeInvitation request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RevokeInvitation, Done>(request, actor, Permission.Administer, async change =>
            {
                var invitation = await change.Db.Invitations.FromSql($"SELECT * FROM invitations WHERE id = {request.Id} FOR UPDATE").SingleOrDefaultAsync(ct);
                if (invitation is null)
                    return Refusal.NotFound("This invitation");
                if (!invitation.IsOpenAt(change.Now))
                    return Refusal.Conflict("This invitation is not open any more.");
                invitation.Revoke(change.Now);
                change.Audit("invitation.withdrawn", "invitation", invitation.Id, invitation.Email);
                change.Publish("invitations");
                return Done.Value;
            }, ct);
    }
}
