using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Runbooks;

/// <summary>Whether steps may run in an incident, and what runs by itself. Called while nobody else changes the incident.</summary>
internal static class Automation
{
    public static async Task<IncidentAutomation> OfAsync(Change change, Incident incident, CancellationToken ct)
    {
        if (await change.Db.IncidentAutomations.SingleOrDefaultAsync(a => a.IncidentId == incident.Id, ct) is { } known)
            return known;
        var begun = new IncidentAutomation(incident.Id);
        change.Db.IncidentAutomations.Add(begun);
        return begun;
    }

    /// <summary>Stops the steps where what is known contradicts itself or many services fail: what was approved and has not started never will.</summary>
    /// <returns>Whether steps may run.</returns>
    public static async Task<bool> JudgeAsync(Change change, Incident incident, IReadOnlyList<StopReason> reasons, CancellationToken ct)
    {
        var automation = await OfAsync(change, incident, ct);
        if (!automation.Judge(incident.TriageRound, reasons, change.Now))
            return !automation.IsStopped;
        var lost = (await change.Db.StepRuns.Where(r => r.IncidentId == incident.Id && r.Kind == StepKind.Changes && r.State == StepRunState.Approved).ToListAsync(ct))
            .Where(r => r.Stop("The steps were stopped before it began: " + automation.Because, change.Now)).ToList();
        var said = $"The portal runs no step of a runbook here any more: {automation.Because}" + (lost.Count == 0 ? "" : $" Not begun: {string.Join(", ", lost.Select(r => r.StepName))}.");
        await TimelineWriter.AppendAsync(change, incident, [new NewEntry(EntryKind.Runbook, said, Details: new { automation.Patterns, Runs = lost.Select(r => r.Id) })], ct);
        change.Audit("runbook.stopped", "incident", incident.Id, IncidentToChange.Named(incident), new { automation.Patterns, automation.Because, Runs = lost.Select(r => r.Id) });
        if (lost.Count > 0)
            change.Tell(await TeamToChange.DecidersAsync(change, incident, ct), $"Approved steps of {incident.Code} were not begun: {automation.Because}", IncidentAddresses.Of(incident.Number));
        Wake(change, incident.Id);
        return false;
    }

    /// <summary>
    /// A round of triage is over: judges what was found, and queues each step that only reads once for this round, of every runbook of the incident's
    /// services. Where they are stopped they wait in the queue.
    /// </summary>
    public static async Task BeginRoundAsync(Change change, Incident incident, IReadOnlyList<StopReason> reasons, CancellationToken ct)
    {
        var (services, round) = (incident.ServiceIds, incident.TriageRound);
        var runbooks = (await RunbookReading.InForce(change.Db).AsNoTracking().Where(r => services.Contains(r.ServiceId))
            .Join(change.Db.Services.Where(s => s.ArchivedAt == null), r => r.ServiceId, s => s.Id, (r, _) => r).OrderBy(r => r.ServiceId).ToListAsync(ct)).FindAll(r => r.Steps.Count > 0);
        // Where nothing could run, nobody has to hear that it is stopped.
        if (runbooks.Count == 0)
            return;
        await JudgeAsync(change, incident, reasons, ct);
        var queued = await change.Db.StepRuns.Where(r => r.IncidentId == incident.Id && r.Round == round).Select(r => r.StepId).ToListAsync(ct);
        var runs = runbooks.SelectMany(r => r.Steps.Where(s => s.Kind == StepKind.Reads && !queued.Contains(s.Id)).Select(s => new StepRun(Guid.CreateVersion7(change.Now), incident.Id, r, s, round, change.Now))).ToList();
        if (runs.Count == 0)
            return;
        change.Db.StepRuns.AddRange(runs);
        change.Audit("runbook.steps_queued", "incident", incident.Id, IncidentToChange.Named(incident), new { Round = round, Steps = runs.Select(r => new { r.Id, r.StepName }) });
        Wake(change, incident.Id);
    }

    public static void Wake(Change change, Guid incident)
    {
        change.Publish(StepTopic.Any);
        change.Publish(StepTopic.Of(incident));
    }
}
