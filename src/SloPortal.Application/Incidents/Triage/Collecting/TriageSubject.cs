using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Data;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Application.Incidents.Triage.Collecting;

/// <summary>The incident that is looked at, and where it stands in the graph.</summary>
/// <param name="Services">By name.</param>
/// <param name="Objective">"checkout/availability" of the first that it spends.</param>
/// <param name="Hops">How far below the incident's services each service and vendor is that they need, the services themselves at 0.</param>
/// <param name="Above">The same of those that need them, without the services themselves.</param>
internal sealed record TriageSubject(
    Guid Id, int Round, string Title, DateTimeOffset Began, DateTimeOffset Now, IReadOnlyList<Service> Services, IReadOnlyList<Guid> Objectives, string? Objective,
    IReadOnlyDictionary<Guid, int> Hops, IReadOnlyDictionary<Guid, int> Above)
{
    /// <summary>What is farther away says little. Product policy.</summary>
    public const int MostHops = 3;

    public Guid[] ServiceIds => [.. Services.Select(s => s.Id)];

    /// <summary>"Checkout and Payments".</summary>
    public string Names => Services.Count switch
    {
        0 => "no service",
        1 => Services[0].Name,
        <= 4 => $"{string.Join(", ", Services.Take(Services.Count - 1).Select(s => s.Name))} and {Services[^1].Name}",
        var n => $"{string.Join(", ", Services.Take(3).Select(s => s.Name))} and {n - 3} more",
    };

    public static async Task<TriageSubject> ReadAsync(PortalDbContext db, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var incident = await db.Incidents.AsNoTracking().WithParts().SingleAsync(i => i.Id == id, ct);
        var touched = incident.ServiceIds;
        var services = await db.Services.AsNoTracking().Where(s => touched.Contains(s.Id)).OrderBy(s => s.Name).ToListAsync(ct);
        var spent = incident.ObjectiveIds;
        var objective = await db.Objectives.AsNoTracking().Where(o => spent.Contains(o.Id)).Join(db.Services, o => o.ServiceId, s => s.Id, (o, s) => s.Slug + "/" + o.Slug).OrderBy(p => p).FirstOrDefaultAsync(ct);
        var graph = await DependencyGraph.ReadAsync(db, ct);
        var above = Distances(touched, at => graph.On(at).Select(e => e.From)).Where(d => d.Value > 0).ToDictionary();
        return new TriageSubject(id, incident.TriageRound, incident.Title, incident.StartedAt, now, services, spent, objective, Distances(touched, at => graph.Of(at).Select(e => e.On)), above);
    }

    public TriageQuery Query(string words, DateTimeOffset from, DateTimeOffset? to = null) => new(words, from, to ?? Now, [.. Services.Select(s => s.Slug)], Objective);

    public TriageFinding Found(TriageQuestion question, string said, IReadOnlyList<TriageItem> items, TriageQuery query) => new(Round, question, FindingState.Found, said, items, query);

    /// <param name="said">Of an incident whose services are known; while none is, all questions but that for similar incidents have the same answer.</param>
    public TriageFinding Nothing(TriageQuestion question, string said, TriageQuery query) => new(
        Round, question, FindingState.Nothing, Services.Count == 0 && question != TriageQuestion.Similar ? "No service is named yet, so this cannot be looked up." : said, [], query);

    private static Dictionary<Guid, int> Distances(IEnumerable<Guid> from, Func<Guid, IEnumerable<Guid>> next)
    {
        var hops = from.ToDictionary(id => id, _ => 0);
        var waiting = new Queue<Guid>(hops.Keys);
        while (waiting.TryDequeue(out var at))
        {
            if (hops[at] == MostHops)
                continue;
            foreach (var one in next(at))
            {
                if (hops.TryAdd(one, hops[at] + 1))
                    waiting.Enqueue(one);
            }
        }
        return hops;
    }
}
