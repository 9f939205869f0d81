using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Application.Incidents.Triage.Collecting;

/// <summary>The links of the incident's services that are called a runbook.</summary>
internal sealed class RunbookLinks : ITriageCollector
{
    private const int MostTold = 10;

    public TriageQuestion Question => TriageQuestion.Runbooks;

    public TriageQuery QueryOf(TriageSubject subject) => subject.Query($"links called runbook of {subject.Names}", subject.Now);

    public Task<TriageFinding> CollectAsync(TriageSubject subject, CancellationToken ct)
    {
        var query = QueryOf(subject);
        List<TriageItem> found = [.. subject.Services.SelectMany(s => s.Links.Where(l => l.Title.Contains("runbook", StringComparison.OrdinalIgnoreCase)).Select(l => new TriageItem(new(EvidenceKind.Address, l.Url), $"{l.Title} of {s.Name}", false))).Take(MostTold)];
        var without = subject.Services.Where(s => !s.Links.Exists(l => l.Title.Contains("runbook", StringComparison.OrdinalIgnoreCase))).Select(s => s.Name).ToList();
        return Task.FromResult(found.Count == 0
            ? subject.Nothing(Question, $"{subject.Names} {(subject.Services.Count == 1 ? "has" : "have")} no link called runbook.", query)
            : subject.Found(Question, string.Join("; ", found.Select(f => f.Why)) + "." + (without.Count == 0 ? "" : $" None for {string.Join(", ", without)}."), found, query));
    }
}
