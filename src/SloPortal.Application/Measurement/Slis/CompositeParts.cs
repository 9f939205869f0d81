using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>The SLIs that a composite counts, which belong to any services.</summary>
internal static class CompositeParts
{
    public static async Task<Refusal?> MustBeCountedAsync(PortalDbContext db, Composite composite, CancellationToken ct)
    {
        var ids = composite.Parts.Select(p => p.SliId).ToList();
        var slis = await db.Slis.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        foreach (var id in ids)
        {
            if (!slis.TryGetValue(id, out var sli))
                return Refusal.Invalid("Definition.Parts", $"There is no SLI {id}.");
            if (sli.ArchivedAt is not null)
                return Refusal.Invalid("Definition.Parts", $"The SLI {sli.Name} is archived and counts nothing any more. Choose another.");
            if (sli.Definition is Composite)
                return Refusal.Invalid("Definition.Parts", $"{sli.Name} is a journey itself. Take its parts instead.");
        }
        return null;
    }

    /// <summary>From now on the composite follows its parts, and soon it has their history. The caller has locked the head of ingest.</summary>
    public static Task FollowAsync(PortalDbContext db, int id, Composite composite, CancellationToken ct)
    {
        int[] parts = [.. composite.Parts.Select(p => p.SliId)];
        return db.Database.ExecuteSqlAsync(
            $"""
            WITH follows AS (INSERT INTO derived_counts (from_sli_id, sli_id) SELECT part, {id} FROM unnest({parts}) part)
            INSERT INTO derived_hours_due (sli_id, hour) SELECT DISTINCT {id}, hour FROM sli_hours WHERE sli_id = ANY ({parts})
            """, ct);
    }

    /// <summary>In the order of the composite.</summary>
    public static async Task<IReadOnlyList<SliPart>> NamesAsync(PortalDbContext db, Composite composite, CancellationToken ct)
    {
        var ids = composite.Parts.Select(p => p.SliId).ToList();
        var names = await (from sli in db.Slis.AsNoTracking()
                           join s in db.Services on sli.ServiceId equals s.Id
                           where ids.Contains(sli.Id)
                           select new { sli.Id, sli.Name, s.Slug, ServiceName = s.Name }).ToDictionaryAsync(s => s.Id, ct);
        return
        [
            .. composite.Parts.Select(p => new SliPart(
                p.SliId, names[p.SliId].Slug, names[p.SliId].ServiceName, names[p.SliId].Name, composite.Rule == CompositeRule.Weighted ? p.Weight : null)),
        ];
    }

    public static Task StopAsync(PortalDbContext db, int id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"WITH stopped AS (DELETE FROM derived_counts WHERE sli_id = {id}) DELETE FROM derived_hours_due WHERE sli_id = {id}", ct);

    /// <summary>The composites that count an SLI.</summary>
    public static async Task<IReadOnlyList<string>> UsersAsync(PortalDbContext db, int partId, CancellationToken ct) =>
        await db.Database.SqlQuery<string>($"SELECT s.name AS \"Value\" FROM derived_counts d JOIN slis s ON s.id = d.sli_id WHERE d.from_sli_id = {partId} ORDER BY s.name").ToListAsync(ct);
}
