using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Application.Incidents.Triage.Collecting;

/// <summary>
/// Past incidents that share services, signs or words with this one. Restricted ones are left out whoever reads. What is written names none of them, since
/// one may be restricted later: their titles are looked up for whoever reads.
/// </summary>
internal sealed class SimilarIncidents(IDbContextFactory<PortalDbContext> contexts) : ITriageCollector
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(730);

    /// <summary>Signals that fired so long before it began belong to it.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(30);

    /// <summary>Signals of the first time tell what it is; later ones what it led to.</summary>
    private static readonly TimeSpan After = TimeSpan.FromHours(1);

    private const int MostRead = 500;
    private const int MostSignals = 5000;
    private const int MostTold = 5;

    public TriageQuestion Question => TriageQuestion.Similar;

    public TriageQuery QueryOf(TriageSubject subject) => subject.Query("incidents that share services, objectives, signals or words of the title with this one", subject.Now - Back);

    public async Task<TriageFinding> CollectAsync(TriageSubject subject, CancellationToken ct)
    {
        var query = QueryOf(subject);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var past = await db.Incidents.AsNoTracking().AsSplitQuery().Where(i => i.Id == subject.Id || (!i.IsRestricted && i.MergedIntoId == null && i.StartedAt >= query.From && i.StartedAt <= subject.Began))
            .OrderByDescending(i => i.Id == subject.Id).ThenByDescending(i => i.StartedAt).Take(MostRead)
            .Select(i => new { i.Id, i.Title, i.StartedAt, Services = i.Services.Select(s => s.ServiceId).ToList(), Objectives = i.Objectives.Select(o => o.ObjectiveId).ToList() }).ToListAsync(ct);
        Guid[] ids = [.. past.Select(p => p.Id)];
        var signals = (await (from i in db.Incidents
                              from touched in i.Services
                              join s in db.Signals on touched.ServiceId equals s.ServiceId
                              where ids.Contains(i.Id) && s.StartedAt >= i.StartedAt - Before && s.StartedAt <= i.StartedAt + After
                              select new { Incident = i.Id, s.Title }).Distinct().OrderBy(s => s.Incident).ThenBy(s => s.Title).Take(MostSignals).ToListAsync(ct)).ToLookup(s => s.Incident, s => s.Title);
        var traits = past.ConvertAll(p => new IncidentTraits(
            p.Id, p.StartedAt, p.Services.ToHashSet(), p.Objectives.Select(o => o.ToString()).Concat(signals[p.Id]).ToHashSet(StringComparer.Ordinal), IncidentLikeness.WordsOf(p.Title)));
        var like = IncidentLikeness.Rank(traits.Find(t => t.Id == subject.Id)!, traits, MostTold);
        return like.Count == 0
            ? subject.Nothing(Question, "No past incident is like this one.", query)
            : subject.Found(Question, string.Create(CultureInfo.InvariantCulture, $"{(like.Count == 1 ? "1 past incident is" : $"{like.Count} past incidents are")} like this one. The most alike {like[0].Why}."),
                [.. like.Select(l => new TriageItem(new(EvidenceKind.Incident, l.Id.ToString()), l.Why, false))], query);
    }
}
