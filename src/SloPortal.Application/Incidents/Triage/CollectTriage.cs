using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Triage.Collecting;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Application.Incidents.Triage;

/// <summary>
/// Looks up what may help to find the cause of an incident that was declared, to which a service came, or for which somebody asked, and writes it into the
/// timeline; what its services have for runbooks begins with it. The answers of a round enter in one transaction, each under a key of its round: a portal that dies leaves all or none of them, and two
/// portals write them once.
/// </summary>
internal sealed partial class CollectTriage : IPass, IDisposable
{
    /// <summary>A question that takes longer is given up; people wait.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Incidents of one run; the others are next.</summary>
    private const int Most = 10;

    private static readonly Actor Portal = Actor.System("triage");

    private readonly UnitOfWork work;
    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly IReadOnlyList<ITriageCollector> collectors;
    private readonly AutomationReading automation;
    private readonly ILogger<CollectTriage> logger;
    private readonly IDisposable subscription;
    private volatile bool woken = true;

    public CollectTriage(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, IEnumerable<ITriageCollector> collectors, AutomationReading automation, PortalEvents events, ILogger<CollectTriage> logger)
    {
        this.work = work;
        this.contexts = contexts;
        this.automation = automation;
        this.collectors = [.. collectors.OrderBy(c => c.Question)];
        this.logger = logger;
        subscription = events.Subscribe(IncidentToChange.Topic, _ => woken = true);
    }

    public string Name => "collect-triage";

    /// <summary>At once after a notice; now and then in any case, since notices can be lost.</summary>
    public TimeSpan Every => woken ? PassRunner.Soon : TimeSpan.FromSeconds(5);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        woken = false;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var due = await Asked(db).OrderByDescending(i => i.Number).Select(i => new { i.Id, i.Number }).Take(Most).ToListAsync(ct);
        foreach (var incident in due)
        {
            var subject = await TriageSubject.ReadAsync(db, incident.Id, now, ct);
            var reasons = automation.ReasonsAsync(incident.Id, now, ct);
            await WriteAsync(incident.Number, await Task.WhenAll(collectors.Select(c => AskAsync(c, subject, ct))), await reasons, ct);
        }
    }

    public void Dispose() => subscription.Dispose();

    /// <summary>Open incidents whose last round is not in their timeline.</summary>
    internal static IQueryable<Incident> Asked(PortalDbContext db) => db.Incidents.Where(i =>
        i.TriageRound > 0 && i.MergedIntoId == null && i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Closed
        && !db.TimelineEntries.Any(e => e.IncidentId == i.Id && e.ClientKey == "triage/" + i.TriageRound + "/changes"));

    private async Task<TriageFinding> AskAsync(ITriageCollector collector, TriageSubject subject, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            return await collector.CollectAsync(subject, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed(string.Create(CultureInfo.InvariantCulture, $"This took longer than {Limit.TotalSeconds:0} s and was stopped, so nothing is known of it."));
        }
#pragma warning disable CA1031 // Whatever went wrong with one question, the others are answered, and the timeline says so.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            CollectorFailed(logger, collector.Question, subject.Id, e);
            return Failed("This could not be looked up, so nothing is known of it. The portal's log has the reason.");
        }

        TriageFinding Failed(string said) => new(subject.Round, collector.Question, FindingState.Failed, said, [], collector.QueryOf(subject));
    }

    private Task<Outcome<Done>> WriteAsync(int number, TriageFinding[] findings, IReadOnlyList<StopReason> reasons, CancellationToken ct) =>
        work.ChangeAsync<CollectTriage, Done>(this, Portal, Permission.Respond, async change =>
        {
            var found = await IncidentToChange.FindAsync(change, number, ct);
            if (!found.Succeeded)
                return found.Refusal;
            if (await IncidentToChange.RepeatedAsync(change, found.Value, findings[0].Key, ct) is not null)
                return Refusal.Conflict("Another portal has written them.");
            // The latest stands first in a timeline, so what is to be read first is written last.
            await TimelineWriter.AppendAsync(change, found.Value, [.. findings.Reverse().Select(f => new NewEntry(EntryKind.Triage, f.Body, ClientKey: f.Key, Details: f))], ct);
            change.Audit("incident.triage_collected", "incident", found.Value.Id, IncidentToChange.Named(found.Value),
                new { findings[0].Round, Findings = findings.Select(f => new { f.Question, f.State, Items = f.Items.Count }) });
            await Automation.BeginRoundAsync(change, found.Value, reasons, ct);
            return Done.Value;
        }, ct);

    [LoggerMessage(Level = LogLevel.Error, Message = "The triage question {Question} failed for the incident {Incident}")]
    private static partial void CollectorFailed(ILogger logger, TriageQuestion question, Guid incident, Exception e);
}
