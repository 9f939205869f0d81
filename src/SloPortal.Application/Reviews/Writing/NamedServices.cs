using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Reviews.Writing;

internal static class NamedServices
{
    /// <summary>Ids of services by their short names; a refusal that names the ones that are not there.</summary>
    public static async Task<Outcome<IReadOnlyList<Guid>>> FindAsync(PortalDbContext db, IReadOnlyList<string> slugs, CancellationToken ct)
    {
        var found = await db.Services.Where(s => slugs.Contains(s.Slug)).Select(s => new { s.Id, s.Slug }).ToListAsync(ct);
        var unknown = slugs.Except(found.Select(f => f.Slug)).ToList();
        return unknown.Count == 0
            ? found.ConvertAll(f => f.Id)
            : Refusal.Invalid("Services", $"There is no service \"{string.Join("\", \"", unknown)}\". Use the short names of the catalog.");
    }
}
