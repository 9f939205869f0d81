using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Application.Incidents.Triage.Collecting;

/// <summary>Looks one thing up, changing nothing. It is stopped after <see cref="CollectTriage.Limit"/>, and what it reads has an upper number of rows.</summary>
internal interface ITriageCollector
{
    TriageQuestion Question { get; }

    /// <summary>Asked also where it fails.</summary>
    TriageQuery QueryOf(TriageSubject subject);

    Task<TriageFinding> CollectAsync(TriageSubject subject, CancellationToken ct);
}
