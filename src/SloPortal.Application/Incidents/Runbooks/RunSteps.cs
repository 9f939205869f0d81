using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Runbooks;

/// <summary>
/// Calls the webhooks of steps that may run, each at most once. A portal takes a step first, and that it did so is committed before it calls; where it dies
/// before it has noted the answer, the step's outcome is unknown and nobody calls again by itself. Before steps are taken their incident is judged once more.
/// </summary>
internal sealed partial class RunSteps : IPass, IDisposable
{
    private const int AtOnce = 20;

    /// <summary>A slow step keeps nothing else waiting for longer.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private static readonly Actor Portal = Actor.System("runbooks");

    private readonly UnitOfWork work;
    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly AutomationReading automation;
    private readonly StepCaller caller;
    private readonly ILogger<RunSteps> logger;
    private readonly IDisposable subscription;
    private readonly List<Task> calling = [];
    private volatile bool woken = true;

    public RunSteps(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, AutomationReading automation, StepCaller caller, PortalEvents events, ILogger<RunSteps> logger)
    {
        (this.work, this.contexts, this.automation, this.caller, this.logger) = (work, contexts, automation, caller, logger);
        subscription = events.Subscribe(StepTopic.Any, _ => woken = true);
    }

    public string Name => "run-steps";

    public TimeSpan Every => woken ? PassRunner.Soon : TimeSpan.FromSeconds(2);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        woken = false;
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var incident in await Ended(db, now).Take(AtOnce).ToListAsync(ct))
            await EndAsync(incident, ct);
        foreach (var incident in await Due(db).Select(i => new { i.Id, i.Number }).Take(AtOnce).ToListAsync(ct))
        {
            if (AtOnce - calling.Count is not (> 0 and var free))
                break;
            var reasons = await automation.ReasonsAsync(incident.Id, now, ct);
            calling.AddRange(((await TakeAsync(incident.Id, incident.Number, free, reasons, ct)).Value ?? []).Select(t => CallAsync(t, ct)));
        }
        await Task.WhenAny(Task.WhenAll(calling), Task.Delay(Wait, ct));
        calling.RemoveAll(c => c.IsCompleted);
    }

    public void Dispose() => subscription.Dispose();

    private sealed record Taken(Guid Run, RunbookStep Step, StepDocument Document);

    /// <summary>Open incidents with steps that may start.</summary>
    private static IQueryable<Incident> Due(PortalDbContext db) => db.Incidents.Where(i =>
            i.MergedIntoId == null && i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Closed
            && db.StepRuns.Any(r => r.IncidentId == i.Id && r.State == StepRunState.Approved) && !db.IncidentAutomations.Any(a => a.IncidentId == i.Id && a.StoppedAt != null))
        .OrderByDescending(i => i.Number);

    /// <summary>Incidents with steps that never start any more, or whose portal is gone.</summary>
    private static IQueryable<Guid> Ended(PortalDbContext db, DateTimeOffset now) => db.StepRuns.Where(r =>
            (r.State == StepRunState.Running && r.HeldUntil <= now)
            || ((r.State == StepRunState.Waiting || r.State == StepRunState.Approved)
                && db.Incidents.Any(i => i.Id == r.IncidentId && (i.MergedIntoId != null || i.Status == IncidentStatus.Resolved || i.Status == IncidentStatus.Closed))))
        .Select(r => r.IncidentId).Distinct().Order();

    private Task<Outcome<List<Taken>>> TakeAsync(Guid id, int number, int most, IReadOnlyList<StopReason> reasons, CancellationToken ct) =>
        work.ChangeAsync<RunSteps, List<Taken>>(this, Portal, Permission.Respond, async change =>
        {
            var found = await IncidentToChange.FindAsync(change, number, ct);
            if (!found.Succeeded)
                return found.Refusal;
            var incident = found.Value;
            if (await StepToChange.MustRunStepsAsync(change, incident, ct) is { } refusal)
                return refusal;
            var runs = await change.Db.StepRuns
                .FromSql($"SELECT * FROM runbook_runs WHERE incident_id = {id} AND state = 'Approved' ORDER BY asked_at, id LIMIT {most} FOR UPDATE SKIP LOCKED").ToListAsync(ct);
            if (runs.Count == 0)
                return Refusal.Conflict("Another portal has taken them.");
            if (!await Automation.JudgeAsync(change, incident, reasons, ct))
                return new List<Taken>();
            var versions = runs.Select(r => r.RunbookId).ToArray();
            var steps = (await change.Db.Runbooks.AsNoTracking().Where(r => versions.Contains(r.Id)).ToListAsync(ct)).ToDictionary(r => r.Id);
            var services = await ServicesAsync(change, runs, ct);
            var taken = new List<Taken>();
            foreach (var run in runs)
            {
                var service = services[run.ServiceId];
                if (!incident.ServiceIds.Contains(run.ServiceId))
                {
                    run.Stop($"{service.Name} does not belong to the incident any more.", change.Now);
                    continue;
                }
                var step = steps[run.RunbookId].StepOf(run.StepId)!;
                run.Start(step.Timeout, change.Now);
                taken.Add(new(run.Id, step, new(run.Id, "runbook.step", incident.Code, service.Slug, step.Name, step.Kind, run.AskedByName, run.DecidedByName, change.Now)));
            }
            await TimelineWriter.AppendAsync(change, incident, [.. runs.Where(r => r.Kind == StepKind.Changes && r.State == StepRunState.Running).Select(r => new NewEntry(
                EntryKind.Runbook, $"{StepWords.Subject(r.StepName, services[r.ServiceId].Name)} runs now, {r.People}", ClientKey: $"step/{r.Id}/start", Details: StepWords.Details(r)))], ct);
            change.Audit("runbook.steps_started", "incident", incident.Id, IncidentToChange.Named(incident), runs.Select(r => new { Run = r.Id, r.StepName, r.State, r.AskedByName, ApprovedBy = r.DecidedByName }));
            Automation.Wake(change, incident.Id);
            return taken;
        }, ct);

    private async Task CallAsync(Taken taken, CancellationToken ct)
    {
        try
        {
            var answer = await caller.CallAsync(taken.Step, taken.Document, ct);
            // What was called must be noted, even while the portal stops.
            await NoteAsync(taken.Run, answer);
        }
#pragma warning disable CA1031 // Nobody waits for it; the step's time runs out and its outcome is told as unknown.
        catch (Exception e)
#pragma warning restore CA1031
        {
            NotNoted(logger, taken.Run, e);
        }
    }

    private Task<Outcome<Done>> NoteAsync(Guid id, StepAnswer answer) =>
        work.ChangeAsync<RunSteps, Done>(this, Portal, Permission.Respond, async change =>
        {
            var of = await change.Db.StepRuns.Where(r => r.Id == id).Select(r => r.IncidentId).SingleAsync();
            var incident = await WhereItGoesOnAsync(change, of, CancellationToken.None);
            var run = await change.Db.StepRuns.SingleAsync(r => r.Id == id);
            if (run.State != StepRunState.Running)
                return Refusal.Conflict("Its time ran out before it was noted.");
            run.End(answer, change.Now);
            await SayAsync(change, incident, [run], CancellationToken.None);
            return Done.Value;
        }, CancellationToken.None);

    /// <summary>Stops what an incident that is over never starts any more, and says of what a portal took and did not end that its outcome is unknown.</summary>
    private Task<Outcome<Done>> EndAsync(Guid id, CancellationToken ct) =>
        work.ChangeAsync<RunSteps, Done>(this, Portal, Permission.Respond, async change =>
        {
            var incident = await WhereItGoesOnAsync(change, id, ct);
            var runs = await change.Db.StepRuns.Where(r => r.IncidentId == id && (r.State == StepRunState.Waiting || r.State == StepRunState.Approved || r.State == StepRunState.Running)).OrderBy(r => r.AskedAt).ToListAsync(ct);
            var lost = runs.FindAll(r => r.LoseIfHeldTooLong(change.Now));
            List<StepRun> stopped = incident.Id != id ? runs.FindAll(r => r.Stop("The incident was merged before it began. Ask again where it goes on.", change.Now))
                : IncidentStatusRules.IsOpen(incident.Status) ? [] : runs.FindAll(r => r.Stop("The incident was over before it began.", change.Now));
            if (lost.Count + stopped.Count == 0)
                return Refusal.Conflict("Another portal has ended them.");
            await SayAsync(change, incident, [.. lost, .. stopped], ct);
            return Done.Value;
        }, ct);

    /// <summary>Says in timeline and audit how runs ended, and tells those who asked and approved.</summary>
    private static async Task SayAsync(Change change, Incident incident, List<StepRun> runs, CancellationToken ct)
    {
        var services = await ServicesAsync(change, runs, ct);
        var said = runs.ConvertAll(r => (Run: r, Text:
            $"{StepWords.Subject(r.StepName, services[r.ServiceId].Name)} {StepRun.Word(r.State)}{(r.Why is null ? $" with {r.Status}" : "")}{(r.People.Length > 0 ? ", " + r.People : "")}{IncidentToChange.Because(r.Why)}"));
        await TimelineWriter.AppendAsync(change, incident, [.. said.Select(s => new NewEntry(EntryKind.Runbook, s.Text, ClientKey: $"step/{s.Run.Id}/end", Details: StepWords.Details(s.Run)))], ct);
        change.Audit("runbook.steps_ended", "incident", incident.Id, IncidentToChange.Named(incident), runs.Select(r => new { Run = r.Id, r.StepName, r.State, r.Status, r.AskedByName, ApprovedBy = r.DecidedByName }));
        foreach (var (run, text) in said.Where(s => s.Run.AskedById is not null))
            change.Tell(new[] { run.AskedById, run.DecidedById }.OfType<Guid>().Where(incident.MayBeSeenBy), $"{incident.Code}: {text}", IncidentAddresses.Of(incident.Number));
        Automation.Wake(change, incident.Id);
    }

    /// <summary>The incident, or the one into which it was merged, where nobody else changes it from here on.</summary>
    private static async Task<Incident> WhereItGoesOnAsync(Change change, Guid id, CancellationToken ct)
    {
        for (Guid? locked = null; ;)
        {
            var at = await change.Db.Incidents.Where(i => i.Id == id).Select(i => i.MergedIntoId ?? i.Id).SingleAsync(ct);
            if (at == locked)
                return await change.Db.Incidents.WithParts().SingleAsync(i => i.Id == at, ct);
            await TimelineWriter.LockAsync(change.Db, at, ct);
            locked = at;
        }
    }

    private static async Task<Dictionary<Guid, Domain.Catalog.Service>> ServicesAsync(Change change, List<StepRun> runs, CancellationToken ct)
    {
        Guid[] ids = [.. runs.Select(r => r.ServiceId).Distinct()];
        return await change.Db.Services.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What came of the step {Run} could not be noted")]
    private static partial void NotNoted(ILogger logger, Guid run, Exception e);
}
