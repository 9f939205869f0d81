using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Deciding;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.Deriving;

/// <summary>How counts follow from others.</summary>
/// <param name="From">The SLIs that are read.</param>
/// <param name="Step">A whole one of these is judged when it has ended.</param>
/// <param name="Count">The derived counts of a stretch, from what each SLI counted in it, and what else is known of it.</param>
/// <param name="Silent">Where minutes without data may count as bad: the SLI and what was decided for it.</param>
internal sealed record Derivation(
    IReadOnlyList<int> From, TimeSpan Step, Func<Interval, IReadOnlyList<MinuteCounts>, Silence, MinuteCounts> Count, (int SliId, CountingSchedule Schedule)? Silent = null)
{
    /// <summary>
    /// Those of the ids that are derived: by a method, or without vendors, below zero, composites above. The caller has locked the head of
    /// ingest: what changes the graph or an outage waits for it, and makes due what it changes.
    /// </summary>
    public static async Task<IReadOnlyDictionary<int, Derivation>> ReadAsync(
        IDbContextFactory<PortalDbContext> contexts, NpgsqlConnection connection, int[] ids, CancellationToken ct)
    {
        var (rules, sliced) = (new Dictionary<int, Derivation>(), new List<(int Id, int SliId, BudgetingMethod Method, Guid? ExternalsOf, bool Decided)>());
        await using (var command = new NpgsqlCommand("SELECT id, sli_id, method, externals_of, decided FROM sliced_slis WHERE id = ANY ($1)", connection) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = ids } } })
        {
            await command.PrepareAsync(ct);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                sliced.Add((reader.GetInt32(0), reader.GetInt32(1), MethodText.Parse(reader.GetString(2)), await reader.IsDBNullAsync(3, ct) ? null : reader.GetGuid(3), reader.GetBoolean(4)));
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var services = sliced.Select(s => s.ExternalsOf).OfType<Guid>().ToList();
        var externals = services.Count > 0 ? await ServiceExternals.ReadAsync(db, services, ct) : null;
        var schedules = await SchedulesAsync(db, [.. sliced.Where(s => s.Decided).Select(s => s.SliId).Distinct()], ct);
        foreach (var (id, sli, method, of, decided) in sliced)
            rules[id] = Of(decided ? schedules[sli] : new CountingSchedule(sli, []), method, of is { } service ? externals![service] : null);
        if (!ids.Any(id => id > 0))
            return rules;
        foreach (var sli in await db.Slis.AsNoTracking().Where(s => ids.Contains(s.Id) && s.ArchivedAt == null).ToListAsync(ct))
        {
            if (sli.Definition is Composite composite)
                rules[sli.Id] = Of(composite);
        }

        return rules;
    }

    private static async Task<IReadOnlyDictionary<int, CountingSchedule>> SchedulesAsync(PortalDbContext db, List<int> slis, CancellationToken ct)
    {
        var decisions = slis.Count == 0 ? [] : await db.CountingDecisions.AsNoTracking().Where(d => slis.Contains(d.SliId) && d.State == DecisionState.InForce).ToListAsync(ct);
        return slis.ToDictionary(id => id, id => new CountingSchedule(id, decisions.Where(d => d.SliId == id).Select(d => (d.InForceFrom, d.Rule))));
    }

    /// <summary>By what was decided (decision 0026), without the minutes that vendors took away (decision 0021), by the method.</summary>
    private static Derivation Of(CountingSchedule schedule, BudgetingMethod method, ServiceExternals? externals)
    {
        var sources = schedule.Sources;
        return new([.. sources, .. externals?.Slis ?? []], method.Step, (covered, minutes, silence) =>
        {
            var counting = schedule.Count(covered, [.. minutes.Take(sources.Count)], silence);
            if (externals is null)
                return method.Count(counting);
            var measured = externals.Slis.Zip(minutes.Skip(sources.Count)).ToDictionary(m => m.First, m => m.Second);
            return method.Count(counting.Without(externals.LostIn(covered, measured)));
        }, schedule.MayCountSilence ? (sources[0], schedule) : null);
    }

    private static Derivation Of(Composite composite) => new([.. composite.Parts.Select(p => p.SliId)], TimeSpan.FromMinutes(1), (covered, parts, _) =>
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
