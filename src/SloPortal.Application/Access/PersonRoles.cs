using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Who holds which role, in Identity's tables.</summary>
internal static class PersonRoles
{
    public static async Task<List<Role>> ReadAsync(PortalDbContext db, Guid personId, CancellationToken ct)
    {
        var names = await db.UserRoles.Where(r => r.UserId == personId).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(ct);
        return [.. names.Select(Enum.Parse<Role>).Order()];
    }

    /// <summary>Makes these the person's roles, and no other.</summary>
    public static async Task WriteAsync(PortalDbContext db, Guid personId, IEnumerable<Role> roles, CancellationToken ct)
    {
        var names = roles.Distinct().Select(r => r.ToString()).ToList();
        foreach (var name in names)
            await db.Database.ExecuteSqlAsync($"INSERT INTO roles (id, name, normalized_name) VALUES ({Guid.NewGuid()}, {name}, {name.ToUpperInvariant()}) ON CONFLICT (normalized_name) DO NOTHING", ct);
        var wanted = await db.Roles.Where(r => names.Contains(r.Name!)).Select(r => r.Id).ToListAsync(ct);
        var held = await db.UserRoles.Where(r => r.UserId == personId).ToListAsync(ct);
        db.UserRoles.RemoveRange(held.Where(h => !wanted.Contains(h.RoleId)));
        db.UserRoles.AddRange(wanted.Except(held.Select(h => h.RoleId)).Select(id => new IdentityUserRole<Guid> { UserId = personId, RoleId = id }));
    }

    /// <summary>Refuses what would leave the portal without an administrator. Takes <see cref="AccessLock"/>.</summary>
    public static async Task<Refusal?> LastAdministratorMustStayAsync(PortalDbContext db, Guid personId, CancellationToken ct)
    {
        await AccessLock.TakeAsync(db, ct);
        var administrators = await Holders(db, Role.Administrator).ToListAsync(ct);
        return administrators is [var last] && last == personId
            ? Refusal.Conflict("This is the last administrator. Make somebody else an administrator first.")
            : null;
    }

    /// <summary>Those with an open account who have the role.</summary>
    public static IQueryable<Guid> Holders(PortalDbContext db, Role role) =>
        db.Users.Where(p => p.DisabledAt == null && db.UserRoles.Any(r => r.UserId == p.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == role.ToString()))).Select(p => p.Id);
}
