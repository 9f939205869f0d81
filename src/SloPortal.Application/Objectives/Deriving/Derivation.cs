using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.Deriving;

/// <summary>How counts follow from others.</summary>
/// <param name="From">The SLIs that are read.</param>
/// <param name="Step">A whole one of these is judged when it has ended.</param>
/// <param name="Count">The derived counts of a stretch, from what each SLI counted in it.</param>
internal sealed record Derivation(IReadOnlyList<int> From, TimeSpan Step, Func<Interval, IReadOnlyList<MinuteCounts>, MinuteCounts> Count)
{
    /// <summary>
    /// Those of the ids that are derived: by a method, or without vendors, below zero, composites above. The caller has locked the head of
    /// ingest: what changes the graph or an outage waits for it, and makes due what it changes.
    /// </summary>
    public static async Task<IReadOnlyDictionary<int, Derivation>> ReadAsync(
        IDbContextFactory<PortalDbContext> contexts, NpgsqlConnection connection, int[] ids, CancellationToken ct)
    {
        var (rules, sliced) = (new Dictionary<int, Derivation>(), new List<(int Id, int SliId, BudgetingMethod Method, Guid? ExternalsOf)>());
        await using (var command = new NpgsqlCommand("SELECT id, sli_id, method, externals_of FROM sliced_slis WHERE id = ANY ($1)", connection) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = ids } } })
        {
            await command.PrepareAsync(ct);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                sliced.Add((reader.GetInt32(0), reader.GetInt32(1), MethodText.Parse(reader.GetString(2)), await reader.IsDBNullAsync(3, ct) ? null : reader.GetGuid(3)));
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var services = sliced.Select(s => s.ExternalsOf).OfType<Guid>().ToList();
        var externals = services.Count > 0 ? await ServiceExternals.ReadAsync(db, services, ct) : null;
        foreach (var (id, sli, method, of) in sliced)
            rules[id] = of is { } service ? Of(sli, method, externals![service]) : Of(sli, method);
        if (!ids.Any(id => id > 0))
            return rules;
        foreach (var sli in await db.Slis.AsNoTracking().Where(s => ids.Contains(s.Id) && s.ArchivedAt == null).ToListAsync(ct))
        {
            if (sli.Definition is Composite composite)
                rules[sli.Id] = Of(composite);
        }

        return rules;
    }

    private static Derivation Of(int sliId, BudgetingMethod method) => new([sliId], method.Step, (_, minutes) => method.Count(minutes[0]));

    /// <summary>The same of the minutes that are left without those that vendors took away (decision 0021).</summary>
    private static Derivation Of(int sliId, BudgetingMethod method, ServiceExternals externals) => new([sliId, .. externals.Slis], method.Step, (covered, minutes) =>
    {
        var measured = externals.Slis.Zip(minutes.Skip(1)).ToDictionary(m => m.First, m => m.Second);
        return method.Count(minutes[0].Without(externals.LostIn(covered, measured)));
    });

    private static Derivation Of(Composite composite) => new([.. composite.Parts.Select(p => p.SliId)], TimeSpan.FromMinutes(1), (covered, parts) =>
    {
        var buckets = new List<CountBucket>();
        var minute = new EventCounts[parts.Count];
        for (var i = 0; i < (int)covered.Minutes; i++)
        {
            for (var part = 0; part < minute.Length; part++)
                minute[part] = parts[part].In(i, i + 1);
            if (composite.CountMinute(minute) is { HasData: true } counted)
                buckets.Add(new(covered.Start.AddMinutes(i), counted));
        }

        return MinuteCounts.FromBuckets(covered, buckets);
    });
}
