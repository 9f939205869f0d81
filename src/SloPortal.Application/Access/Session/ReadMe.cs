using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>The person behind a session or a token.</summary>
/// <param name="TimeZone">IANA id; null follows the browser.</param>
/// <param name="Scopes">Only for tokens.</param>
/// <param name="HasPassword">False for people who sign in through their provider only.</param>
public sealed record Me(Guid Id, string Name, string Email, string? TimeZone, IReadOnlyList<Role> Roles, IReadOnlyList<TeamName> Teams, IReadOnlyList<TokenScope> Scopes, bool HasPassword);

/// <summary>A team as lists name it.</summary>
public sealed record TeamName(string Slug, string Name);

/// <summary>Who am I, and what may I do?</summary>
public sealed record ReadMe
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<Me>> HandleAsync(Actor actor, CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == actor.PersonId, ct);
            if (person is null)
                return Denial.Of(actor, Permission.ManageOwnAccount);
            var teams = await db.TeamMembers.Where(m => m.PersonId == person.Id)
                .Join(db.Teams, m => m.TeamId, t => t.Id, (_, t) => t).OrderBy(t => t.Name)
                .Select(t => new TeamName(t.Slug, t.Name)).ToListAsync(ct);
            return new Me(person.Id, person.DisplayName, person.Email ?? "", person.TimeZone, [.. actor.Roles.Order()], teams,
                actor.Kind == ActorKind.Token ? TokenScopes.List(actor.Scopes) : [], person.PasswordHash is not null);
        }
    }
}
