using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Triage;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Incidents.Triage.Collecting;

/// <summary>What the probes of the incident's services saw last, from each location, and since when.</summary>
internal sealed class ProbeStates(IDbContextFactory<PortalDbContext> contexts) : ITriageCollector
{
    private const int MostProbes = 20;
    private const int MostTold = 8;

    public TriageQuestion Question => TriageQuestion.Probes;

    public TriageQuery QueryOf(TriageSubject subject) => subject.Query($"last results of the probes of {subject.Names} by location", subject.Now - ProbeResult.Kept);

    public async Task<TriageFinding> CollectAsync(TriageSubject subject, CancellationToken ct)
    {
        var query = QueryOf(subject);
        var services = subject.ServiceIds;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var probes = await (from p in db.Probes.AsNoTracking()
                            join sli in db.Slis on p.SliId equals sli.Id
                            join source in db.Sources on p.SourceId equals source.Id
                            where services.Contains(sli.ServiceId) && source.PausedAt == null
                            orderby source.Name
                            select new { p.SourceId, p.Locations }).Take(MostProbes).ToListAsync(ct);
        if (probes.Count == 0)
            return subject.Nothing(Question, $"No probe asks {subject.Names}.", query);
        var seen = new List<Seen>();
        foreach (var (probe, location) in probes.SelectMany(p => p.Locations.Select(l => (p.SourceId, l))))
            seen.Add(await SeenAsync(db, probe, location, ct));
        var (failed, good) = (seen.Count(s => s.Outcome == ProbeOutcome.Failed), seen.Count(s => s.Outcome == ProbeOutcome.Good));
        var said = failed == 0 && good == seen.Count ? $"All probes pass, from {Locations(good)}."
            : string.Create(CultureInfo.InvariantCulture, $"Probes fail from {failed} of {Locations(seen.Count)}, pass from {good}{(seen.Count - failed - good is > 0 and var blind ? $", say nothing from {blind}" : "")}.");
        return subject.Found(Question, said,
            [.. seen.OrderByDescending(s => s.Outcome == ProbeOutcome.Failed).ThenBy(s => s.Outcome == ProbeOutcome.Good).ThenBy(s => s.Since).Take(MostTold)
                .Select(s => new TriageItem(new(EvidenceKind.Probe, s.Probe.ToString(CultureInfo.InvariantCulture)), s.Why, s.Outcome == ProbeOutcome.Failed))], query);
    }

    /// <summary>Since when is the first of the runs that all said the same as the last one.</summary>
    private static async Task<Seen> SeenAsync(PortalDbContext db, int probe, string location, CancellationToken ct)
    {
        var runs = db.ProbeResults.AsNoTracking().Where(r => r.SourceId == probe && r.Location == location);
        if (await runs.OrderByDescending(r => r.At).FirstOrDefaultAsync(ct) is not { } last)
            return new Seen(probe, location, null, null, "");
        var other = await runs.Where(r => r.Outcome != last.Outcome).MaxAsync(r => (DateTimeOffset?)r.At, ct);
        var since = await runs.Where(r => other == null || r.At > other).MinAsync(r => (DateTimeOffset?)r.At, ct);
        return new Seen(probe, location, last.Outcome, since, last.Reason);
    }

    private static string Locations(int count) => count == 1 ? "1 location" : string.Create(CultureInfo.InvariantCulture, $"{count} locations");

    private sealed record Seen(int Probe, string Location, ProbeOutcome? Outcome, DateTimeOffset? Since, string Reason)
    {
        public string Why => Outcome switch
        {
            null => $"has not run from {Location}",
            ProbeOutcome.Good => string.Create(CultureInfo.InvariantCulture, $"passes from {Location} since {Since:yyyy-MM-dd HH:mm} UTC"),
            ProbeOutcome.Failed => string.Create(CultureInfo.InvariantCulture, $"fails from {Location} since {Since:yyyy-MM-dd HH:mm} UTC: {Reason}"),
            ProbeOutcome.NotMeasured => string.Create(CultureInfo.InvariantCulture, $"is not measured from {Location} since {Since:yyyy-MM-dd HH:mm} UTC: {Reason}"),
            _ => throw new InvalidOperationException($"Unknown outcome {Outcome}."),
        };
    }
}
