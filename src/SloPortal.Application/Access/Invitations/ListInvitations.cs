using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

public sealed record InvitationRow(Guid Id, string Email, IReadOnlyList<Role> Roles, IReadOnlyList<string> Teams, string InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>The invitations that are still open, the newest first.</summary>
public sealed record ListInvitations
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<IReadOnlyList<InvitationRow>>> HandleAsync(Actor actor, CancellationToken ct)
        {
            if (!actor.MayRead || !actor.IsAdministrator)
                return Denial.Of(actor, actor.MayRead ? Permission.Administer : Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var rows = await db.Invitations.AsNoTracking()
                .Where(i => i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now)
                .OrderByDescending(i => i.CreatedAt).Take(500).ToListAsync(ct);
            var teams = await db.Teams.ToDictionaryAsync(t => t.Id, t => t.Slug, ct);
            var inviters = rows.ConvertAll(r => r.InvitedBy);
            var names = await db.Users.Where(p => inviters.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct);
            return rows.ConvertAll(i => new InvitationRow(i.Id, i.Email, [.. i.Roles.Order()], [.. i.TeamIds.Where(teams.ContainsKey).Select(t => teams[t]).Order()],
                names.GetValueOrDefault(i.InvitedBy, "SloPortal"), i.CreatedAt, i.ExpiresAt));
        }
    }
}
