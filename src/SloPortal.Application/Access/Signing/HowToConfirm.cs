using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access.Signing;

/// <param name="ByPassword">The person has a password to enter.</param>
/// <param name="ByProvider">The person signs in at a provider.</param>
/// <param name="FreshUntil">Until when a fresh sign-in confirms the signature; null where none was made.</param>
public sealed record ConfirmationWays(bool ByPassword, bool ByProvider, DateTimeOffset? FreshUntil);

/// <summary>In which ways the actor can confirm a signature.</summary>
/// <param name="Subject">What is signed: "proposal/&lt;id&gt;".</param>
public sealed record HowToConfirm(string Subject)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<ConfirmationWays>> HandleAsync(HowToConfirm request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.ManageOwnAccount))
                return Denial.Of(actor, Permission.ManageOwnAccount);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var fresh = await db.FreshSignIns.AsNoTracking().SingleOrDefaultAsync(f => f.PersonId == actor.PersonId && f.Subject == request.Subject, ct);
            return new ConfirmationWays(
                await db.Users.AnyAsync(p => p.Id == actor.PersonId && p.PasswordHash != null, ct),
                await db.UserLogins.AnyAsync(l => l.UserId == actor.PersonId, ct),
                fresh?.ServesAt(now) == true ? fresh.At + FreshSignIn.Lasts : null);
        }
    }
}
