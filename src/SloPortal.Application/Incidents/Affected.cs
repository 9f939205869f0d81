using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents;

/// <summary>An objective by its two slugs.</summary>
public sealed record ObjectiveKey(string Service, string Objective);

/// <summary>Services and objectives that an incident touches, by id.</summary>
internal sealed record Affected(IReadOnlyList<Guid> Services, IReadOnlyList<Guid> Objectives)
{
    /// <summary>Finds them by their slugs. The service of an objective is touched too.</summary>
    public static async Task<Outcome<Affected>> FindAsync(
        PortalDbContext db, IReadOnlyList<string>? services, IReadOnlyList<ObjectiveKey>? objectives, CancellationToken ct)
    {
        string[] slugs = [.. services ?? [], .. (objectives ?? []).Select(o => o.Service)];
        var known = await db.Services.Where(s => slugs.Contains(s.Slug)).ToDictionaryAsync(s => s.Slug, s => s.Id, ct);
        if (Array.Find(slugs, s => !known.ContainsKey(s)) is { } missing)
            return Refusal.Invalid("Services", $"There is no service \"{missing}\".");
        var ids = known.Values.ToArray();
        var candidates = await db.Objectives.Where(o => ids.Contains(o.ServiceId)).Select(o => new { o.Id, o.ServiceId, o.Slug }).ToListAsync(ct);
        var found = new List<Guid>();
        foreach (var key in objectives ?? [])
        {
            if (candidates.Find(o => o.ServiceId == known[key.Service] && o.Slug == key.Objective) is not { } objective)
                return Refusal.Invalid("Objectives", $"The service \"{key.Service}\" has no objective \"{key.Objective}\".");
            found.Add(objective.Id);
        }
        return new Affected([.. ids], [.. found.Distinct()]);
    }
}
