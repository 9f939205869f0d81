using Microsoft.EntityFrameworkCore;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Ends a token for good: one's own, or any as an administrator.</summary>
public sealed record RevokeToken(Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RevokeToken request, Actor actor, CancellationToken ct)
        {
            var permission = actor.May(Permission.Administer) ? Permission.Administer : Permission.ManageOwnAccount;
            return work.ChangeAsync<RevokeToken, Done>(request, actor, permission, async change =>
            {
                var token = await change.Db.ApiTokens.SingleOrDefaultAsync(t => t.Id == request.Id, ct);
                if (token is null || (token.PersonId != actor.PersonId && permission != Permission.Administer))
                    return Refusal.NotFound("This token");
                if (token.RevokedAt is not null)
                    return Refusal.Conflict("This token is revoked already.");
                token.Revoke(change.Now);
                change.Audit("token.revoked", "token", token.Id, token.Name, new { token.PersonId, token.Hint });
                change.Publish("people");
                return Done.Value;
            }, ct);
        }
    }
}
