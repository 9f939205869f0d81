using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Runbooks;

/// <summary>A run of an incident that the actor may see, and the service that it is of; nobody else changes them until the transaction ends.</summary>
internal sealed record StepToChange(Incident Incident, StepRun Run, Service Service)
{
    public static async Task<Outcome<StepToChange>> FindAsync(Change change, int number, Guid id, CancellationToken ct)
    {
        var found = await IncidentToChange.FindAsync(change, number, ct);
        if (!found.Succeeded)
            return found.Refusal;
        if (await change.Db.StepRuns.SingleOrDefaultAsync(r => r.Id == id && r.IncidentId == found.Value.Id, ct) is not { } run)
            return Refusal.NotFound("The step that was asked for");
        return new StepToChange(found.Value, run, await change.Db.Services.SingleAsync(s => s.Id == run.ServiceId, ct));
    }

    /// <summary>Whoever leads the incident, and the owners of the service.</summary>
    public static bool MayDecide(Incident incident, Guid ownerTeam, Actor actor) => incident.MayBeRunBy(actor) || (actor.May(Permission.Respond) && actor.MayChangeFor(ownerTeam));

    public Refusal? MustDecide(Actor actor) => MayDecide(Incident, Service.OwnerTeamId, actor) ? null
        : Refusal.Denied($"Incident commanders, the commander of {Incident.Code} and the owners of {Service.Name} decide about its steps. Ask one of them.");

    /// <summary>Whether steps may be asked for and approved at all now.</summary>
    public static async Task<Refusal?> MustRunStepsAsync(Change change, Incident incident, CancellationToken ct)
    {
        if (!IncidentStatusRules.IsOpen(incident.Status))
            return Refusal.Conflict($"{incident.Code} is {IncidentStatusRules.Word(incident.Status)}, so no step is run for it any more. Take it back to acknowledged first.");
        return await change.Db.IncidentAutomations.AsNoTracking().SingleOrDefaultAsync(a => a.IncidentId == incident.Id, ct) is { IsStopped: true } stopped
            ? Refusal.Conflict($"The steps are stopped: {stopped.Because} Whoever leads {incident.Code} can let them go on.") : null;
    }

    /// <summary>Says in timeline and audit what became of a run, and wakes what shows it.</summary>
    /// <returns>The number of the entry.</returns>
    public async Task<int> SayAsync(Change change, string action, string said, string? clientKey, CancellationToken ct)
    {
        Automation.Wake(change, Incident.Id);
        return await EntryRules.SayAsync(change, Incident, action, new NewEntry(EntryKind.Runbook, said, ClientKey: clientKey, Details: StepWords.Details(Run), Source: EntryRules.SourceOf(change.Actor)), ct);
    }

    /// <summary>Whoever asked, unless the incident was kept from them since.</summary>
    public IEnumerable<Guid> ToTell() => new[] { Run.AskedById }.OfType<Guid>().Where(Incident.MayBeSeenBy);

    /// <summary>"Restart pods" of Checkout.</summary>
    public string Subject => StepWords.Subject(Run.StepName, Service.Name);
}

internal static class StepWords
{
    public static string Subject(string step, string service) => $"\"{step}\" of {service}";

    /// <summary>As an entry carries it, so that what a step answered stays with the timeline.</summary>
    public static object Details(StepRun run) => new
    {
        Run = run.Id, Runbook = run.RunbookId, Step = run.StepId, run.Kind, run.State, AskedBy = run.AskedByName, run.Because, DecidedBy = run.DecidedByName, run.DecidedBecause,
        run.StartedAt, run.EndedAt, run.Status, run.Answer,
    };
}
