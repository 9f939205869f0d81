using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Data;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Application.Incidents.Triage.Collecting;

/// <summary>The runbooks of the incident's services that have steps here, and their links that are called a runbook.</summary>
internal sealed class RunbookLinks(IDbContextFactory<PortalDbContext> contexts) : ITriageCollector
{
    private const int MostTold = 10;

    public TriageQuestion Question => TriageQuestion.Runbooks;

    public TriageQuery QueryOf(TriageSubject subject) => subject.Query($"runbooks and links called runbook of {subject.Names}", subject.Now);

    public async Task<TriageFinding> CollectAsync(TriageSubject subject, CancellationToken ct)
    {
        var (query, services) = (QueryOf(subject), subject.ServiceIds);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var written = (await RunbookReading.InForce(db).AsNoTracking().Where(r => services.Contains(r.ServiceId)).ToListAsync(ct)).FindAll(r => r.Steps.Count > 0).ToDictionary(r => r.ServiceId);
        List<TriageItem> found =
        [
            .. subject.Services.Where(s => written.ContainsKey(s.Id)).Select(s => new TriageItem(
                new(EvidenceKind.Service, s.Slug), $"Runbook of {s.Name}, {(written[s.Id].Steps.Count == 1 ? "1 step" : string.Create(CultureInfo.InvariantCulture, $"{written[s.Id].Steps.Count} steps"))}", false)),
            .. subject.Services.SelectMany(s => s.Links.Where(IsRunbook).Select(l => new TriageItem(new(EvidenceKind.Address, l.Url), $"{l.Title} of {s.Name}", false))),
        ];
        var without = subject.Services.Where(s => !written.ContainsKey(s.Id) && !s.Links.Exists(l => IsRunbook(l))).Select(s => s.Name).ToList();
        return found.Count == 0
            ? subject.Nothing(Question, $"{subject.Names} {(subject.Services.Count == 1 ? "has" : "have")} no runbook and no link called so.", query)
            : subject.Found(Question, string.Join("; ", found.Take(MostTold).Select(f => f.Why)) + "." + (without.Count == 0 ? "" : $" None for {string.Join(", ", without)}."), [.. found.Take(MostTold)], query);
    }

    private static bool IsRunbook(ServiceLink link) => link.Title.Contains("runbook", StringComparison.OrdinalIgnoreCase);
}
