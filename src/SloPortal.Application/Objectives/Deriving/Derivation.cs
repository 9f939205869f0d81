using Microsoft.EntityFrameworkCore;
using Npgsql;
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
    /// <summary>Those of the ids that are derived: slices by a method below zero, composites above.</summary>
    public static async Task<IReadOnlyDictionary<int, Derivation>> ReadAsync(
        IDbContextFactory<PortalDbContext> contexts, NpgsqlConnection connection, int[] ids, CancellationToken ct)
    {
        var rules = new Dictionary<int, Derivation>();
        await using (var command = new NpgsqlCommand("SELECT id, sli_id, method FROM sliced_slis WHERE id = ANY ($1)", connection) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = ids } } })
        {
            await command.PrepareAsync(ct);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                rules[reader.GetInt32(0)] = Of(reader.GetInt32(1), MethodText.Parse(reader.GetString(2)));
        }

        if (!ids.Any(id => id > 0))
            return rules;
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var sli in await db.Slis.AsNoTracking().Where(s => ids.Contains(s.Id) && s.ArchivedAt == null).ToListAsync(ct))
        {
            if (sli.Definition is Composite composite)
                rules[sli.Id] = Of(composite);
        }

        return rules;
    }

    private static Derivation Of(int sliId, BudgetingMethod method) => new([sliId], method.Step, (_, minutes) => method.Count(minutes[0]));

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
