using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents;

/// <summary>People who take part in incidents.</summary>
internal static class IncidentPeople
{
    /// <summary>Their names; refused where one does not exist or has a closed account.</summary>
    public static async Task<Outcome<IReadOnlyDictionary<Guid, string>>> NamesAsync(PortalDbContext db, string field, IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        var names = await db.Users.Where(p => people.Contains(p.Id) && p.DisabledAt == null).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct);
        return people.All(names.ContainsKey) ? names : Refusal.Invalid(field, "Somebody whom you named has no account here any more. Choose the people again.");
    }

    /// <summary>Those who decide about incidents, whichever these are.</summary>
    public static Task<List<Guid>> CommandersAsync(PortalDbContext db, CancellationToken ct) =>
        PersonRoles.Holders(db, Role.IncidentCommander).ToListAsync(ct);
}
