using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Domain.Measurement.Segments;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <summary>
/// Looks four times a day at every objective in force for what no page tells: slow burns, and segments that do worse than the others. Counts are read from the
/// running sums, some objectives or one SLI's segments a statement, so that a look costs as much however much was counted.
/// </summary>
internal sealed partial class LookForDegradation(
    UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, SliCounts counts, ILogger<LookForDegradation> logger) : IPass
{
    /// <summary>Objectives of one statement: some 30,000 look-ups.</summary>
    private const int AtOnce = 250;

    /// <summary>More than people read; the least likely first, the others with the next look if they last.</summary>
    private const int MostNew = 100;

    private static readonly Actor Portal = Actor.System("watch");

    public string Name => "look-for-degradation";

    public TimeSpan Every => FalseAlarms.BurnLooksEvery;

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        var end = MinuteClock.Floor(now, TimeSpan.FromHours(1));
        var objectives = await InForceAsync(now, ct);
        var found = new List<FoundDegradation>();
        foreach (var some in objectives.Chunk(AtOnce))
            found.AddRange(await BurnsAsync(some, end, ct));
        found.AddRange(await SegmentsAsync(objectives, end, ct));
        var added = 0;
        foreach (var one in found.OrderBy(f => f.Finding.Judged.PValue))
        {
            if (await one.TakeAsync(work, contexts, Portal, ct) && ++added == MostNew)
            {
                Many(logger, found.Count, MostNew);
                break;
            }
        }
    }

    private sealed record Looked(Guid Id, Guid Service, string Title, int SliId, int CountsId, ObjectiveTarget Target);

    private async Task<List<Looked>> InForceAsync(DateTimeOffset at, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await (from v in db.VersionsInForceAt(at)
                      join o in db.Objectives on v.ObjectiveId equals o.Id
                      join s in db.Services on o.ServiceId equals s.Id
                      where o.ArchivedAt == null && s.ArchivedAt == null
                      orderby o.Id
                      select new Looked(o.Id, s.Id, s.Name + ": " + o.Name, v.SliId, v.CountsId, v.Target)).ToListAsync(ct);
    }

    private async Task<IEnumerable<FoundDegradation>> BurnsAsync(Looked[] objectives, DateTimeOffset end, CancellationToken ct)
    {
        DateTimeOffset[] instants = [.. Enumerable.Range(0, SlowBurn.Stretches + 1).Select(i => end - (SlowBurn.Stretches - i) * FalseAlarms.BurnLooksEvery)];
        var stretches = await StretchesAsync([.. objectives.Select(o => o.CountsId)], instants, ct);
        var pages = await PagesAsync([.. objectives.Select(o => o.Id)], instants[0], end, ct);
        return objectives.Select((o, i) => (Objective: o, Finding: SlowBurn.Look(stretches[i], PagedIn(pages[o.Id], instants), o.Target, end)))
            .Where(f => f.Finding is not null).Select(f => new FoundDegradation(new(WatchKind.SlowBurn, f.Objective.Service, f.Objective.Id), f.Objective.Title, f.Finding!));
    }

    private async Task<List<FoundDegradation>> SegmentsAsync(List<Looked> objectives, DateTimeOffset end, CancellationToken ct)
    {
        DateTimeOffset[] instants = [.. Enumerable.Range(0, OutlyingSegments.Days + 1).Select(i => end.AddDays(i - OutlyingSegments.Days))];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var splits = await db.SliSplits.AsNoTracking().Where(s => s.EndedAt == null).ToDictionaryAsync(s => s.SliId, ct);
        var found = new List<FoundDegradation>();
        // Objectives of one SLI have the same segments; the strictest target says how fast they burn.
        foreach (var objective in objectives.Where(o => splits.ContainsKey(o.SliId)).GroupBy(o => o.SliId).Select(g => g.MaxBy(o => o.Target.Percent)!))
        {
            var split = splits[objective.SliId];
            if ((await PagesAsync([objective.Id], instants[^2], end, ct)).Contains(objective.Id))
                continue;
            var segments = await db.SliSegments.AsNoTracking().Where(s => s.SplitId == split.Id).OrderBy(s => s.Id).Take(SliSplit.LargestCap + 1).ToListAsync(ct);
            var days = await StretchesAsync([.. segments.Select(s => s.Id)], instants, ct);
            // Before the split began its segments are not the whole SLI.
            var known = segments.Select((s, i) => new SegmentDays(s.Id, NameOf(s), [.. days[i].Select((d, day) => instants[day] < split.Since ? EventCounts.None : d)])).ToList();
            found.AddRange(OutlyingSegments.Look(known, objective.Target, end).Select(f => new FoundDegradation(
                new(WatchKind.OutlyingSegment, objective.Service, objective.Id, objective.SliId, f.SegmentId), $"{objective.Title}, {known.Find(k => k.SegmentId == f.SegmentId)!.Name}", f.Finding)));
        }
        return found;
    }

    /// <summary>What each counted between each two of the instants.</summary>
    private async Task<EventCounts[][]> StretchesAsync(int[] counted, DateTimeOffset[] instants, CancellationToken ct)
    {
        var sums = await counts.BeforeAsync([.. counted.SelectMany(id => Enumerable.Repeat(id, instants.Length))], [.. counted.SelectMany(_ => instants)], ct);
        return [.. counted.Select((_, i) => Enumerable.Range(i * instants.Length, instants.Length - 1).Select(at => sums[at + 1] - sums[at]).ToArray())];
    }

    /// <summary>When pages fired, by objective.</summary>
    private async Task<ILookup<Guid, Interval>> PagesAsync(Guid[] objectives, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var alerts = await db.Alerts.Where(a => objectives.Contains(a.ObjectiveId) && a.Severity == AlertSeverity.Page && a.FiredAt < to && (a.ResolvedAt == null || a.ResolvedAt > from))
            .Select(a => new { a.ObjectiveId, a.FiredAt, a.ResolvedAt }).ToListAsync(ct);
        return alerts.ToLookup(a => a.ObjectiveId, a => new Interval(a.FiredAt, a.ResolvedAt ?? to));
    }

    private static bool[] PagedIn(IEnumerable<Interval> pages, DateTimeOffset[] instants) =>
        [.. Enumerable.Range(0, instants.Length - 1).Select(i => pages.Any(p => p.Start < instants[i + 1] && p.End > instants[i]))];

    private static string NameOf(SliSegment segment) => segment.IsOther ? "all others" : string.Join(", ", segment.LabelValues.Select(SliSegment.Shown));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A look found {Found} things to watch; {Most} new ones were put on the list, the least likely first")]
    private static partial void Many(ILogger logger, int found, int most);
}
