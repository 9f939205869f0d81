using System.Linq.Expressions;
using SloPortal.Data;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;

namespace SloPortal.Application.Access;

/// <summary>Who may sign, as a condition for the database; <see cref="Actor.May"/> has the same for the one who acts.</summary>
internal static class Signers
{
    /// <summary>Active, and not an auditor alone, who reads only.</summary>
    public static Expression<Func<Person, bool>> Of(PortalDbContext db) => person => person.DisabledAt == null
        && (!db.UserRoles.Any(r => r.UserId == person.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == nameof(Role.Auditor)))
            || db.UserRoles.Any(r => r.UserId == person.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == nameof(Role.Administrator))));
}
