using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Measurement;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Triage;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Application.Incidents.Triage.Collecting;

/// <summary>Which segments of the incident's SLIs took the most failures since it began.</summary>
internal sealed class SegmentBurn(IDbContextFactory<PortalDbContext> contexts, SliCounts counts) : ITriageCollector
{
    private const int MostSlis = 10;
    private const int MostOfAnSli = 3;

    /// <summary>Users may have felt it a little earlier than somebody said.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(5);

    public TriageQuestion Question => TriageQuestion.Segments;

    public TriageQuery QueryOf(TriageSubject subject) =>
        subject.Query($"failures by segment of the objectives of {subject.Names}", MinuteClock.Floor(subject.Began - Before), MinuteClock.Floor(subject.Now));

    public async Task<TriageFinding> CollectAsync(TriageSubject subject, CancellationToken ct)
    {
        var query = QueryOf(subject);
        var (services, objectives) = (subject.ServiceIds, subject.Objectives.ToArray());
        await using var db = await contexts.CreateDbContextAsync(ct);
        var split = await (from v in db.VersionsInForceAt(subject.Now)
                           join o in db.Objectives on v.ObjectiveId equals o.Id
                           join p in db.SliSplits on v.SliId equals p.SliId
                           where o.ArchivedAt == null && (objectives.Contains(o.Id) || services.Contains(o.ServiceId)) && p.EndedAt == null && p.Since < query.To
                           orderby objectives.Contains(o.Id) descending, o.Name
                           select new { v.SliId, v.Target, Split = p }).Take(MostSlis * 2).ToListAsync(ct);
        var items = new List<(double Share, TriageItem Item)>();
        // Two objectives of one SLI have the same segments; the strictest target says how fast they burn.
        foreach (var one in split.GroupBy(s => s.SliId).Select(g => g.MaxBy(s => s.Target.Percent)!).Take(MostSlis))
        {
            var window = new Interval(one.Split.Since > query.From ? one.Split.Since : query.From, query.To);
            var segments = await db.SliSegments.AsNoTracking().Where(s => s.SplitId == one.Split.Id).Take(SliSplit.LargestCap + 1).Select(s => s.Id).ToArrayAsync(ct);
            var found = await counts.InAsync([.. segments.Select(id => new CountsAsked(id, window))], ct);
            items.AddRange(SegmentStanding.Rank([.. segments.Select((id, i) => (id, found[i]))], (double)((100 - one.Target.Percent) / 100))
                .Where(s => s.Counts.Bad > 0).Take(MostOfAnSli).Select(s => (s.ShareOfBad ?? 0, new TriageItem(
                    new(EvidenceKind.Sli, string.Create(CultureInfo.InvariantCulture, $"{one.SliId}/{s.SegmentId}")), WhyOf(s), s.ShareOfBad > 2 * s.ShareOfEvents))));
        }
        if (split.Count == 0)
            return subject.Nothing(Question, $"No SLI of {subject.Names} is split, so failures are not known by segment.", query);
        if (items.Count == 0)
            return subject.Nothing(Question, "No segment counted a failure since it began.", query);
        List<TriageItem> ranked = [.. items.OrderByDescending(i => i.Item.Stands).ThenByDescending(i => i.Share).Select(i => i.Item)];
        return subject.Found(Question, ranked[0].Stands ? $"One segment fails more than its traffic explains: {ranked[0].Why}." : $"Failures are spread as the traffic is; the segment with the most has {ranked[0].Why}.", ranked, query);
    }

    private static string WhyOf(SegmentStanding s) => string.Create(CultureInfo.InvariantCulture,
        $"{100 * s.ShareOfBad:0.#} % of the failures with {100 * s.ShareOfEvents:0.#} % of the events{(s.Burn is { } burn ? string.Create(CultureInfo.InvariantCulture, $", burns {burn:0.#} times even") : "")}");
}
