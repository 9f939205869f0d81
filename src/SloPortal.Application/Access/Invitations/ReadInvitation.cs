using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

public sealed record OpenInvitation(string Email, DateTimeOffset ExpiresAt);

/// <summary>What stands behind an invitation link, for whoever has it.</summary>
[BeforeSignIn]
public sealed record ReadInvitation(string Secret)
{
    internal static readonly Refusal NotOpen = Refusal.Conflict("This invitation was used, withdrawn or has expired. Ask an administrator for a new one.");

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<OpenInvitation>> HandleAsync(ReadInvitation request, CancellationToken ct)
        {
            var hash = LinkSecret.HashOf(request.Secret);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var invitation = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.TokenHash == hash, ct);
            if (invitation is null || !invitation.IsOpenAt(clock.GetUtcNowInMicroseconds()))
                return NotOpen;
            return new OpenInvitation(invitation.Email, invitation.ExpiresAt);
        }
    }
}
