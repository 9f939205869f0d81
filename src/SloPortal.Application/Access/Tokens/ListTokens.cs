using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

public enum TokenState
{
    Valid,
    Expired,
    Revoked,
}

/// <summary>A token as lists show it; its text is not kept anywhere.</summary>
public sealed record TokenRow(
    Guid Id, string Name, string Hint, IReadOnlyList<TokenScope> Scopes, Guid PersonId, string PersonName, TokenState State,
    DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt);

/// <summary>The actor's own tokens, or everybody's for an administrator; valid ones first, the newest on top.</summary>
public sealed record ListTokens(bool Everybody = false)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<IReadOnlyList<TokenRow>>> HandleAsync(ListTokens request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.Everybody && !actor.IsAdministrator)
                return Denial.Of(actor, Permission.Administer);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var rows = await db.ApiTokens.AsNoTracking()
                .Where(t => request.Everybody || t.PersonId == actor.PersonId)
                .Join(db.Users, t => t.PersonId, p => p.Id, (t, p) => new { Token = t, p.DisplayName })
                .OrderByDescending(r => r.Token.RevokedAt == null && r.Token.ExpiresAt > now).ThenByDescending(r => r.Token.CreatedAt)
                .Take(1000).ToListAsync(ct);
            return rows.ConvertAll(r => new TokenRow(
                r.Token.Id, r.Token.Name, r.Token.Hint, TokenScopes.List(r.Token.Scopes), r.Token.PersonId, r.DisplayName,
                r.Token.RevokedAt is not null ? TokenState.Revoked : r.Token.IsValidAt(now) ? TokenState.Valid : TokenState.Expired,
                r.Token.CreatedAt, r.Token.ExpiresAt, r.Token.LastUsedAt));
        }
    }
}
