using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.WarRooms;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>A task and its incident, which the actor may see; nobody else changes them until the transaction ends.</summary>
internal sealed record TaskToChange(Incident Incident, IncidentTask Task)
{
    public static async Task<Outcome<TaskToChange>> FindAsync(Change change, int number, Guid id, CancellationToken ct)
    {
        var found = await IncidentToChange.FindAsync(change, number, ct);
        if (!found.Succeeded)
            return found.Refusal;
        return await change.Db.IncidentTasks.SingleOrDefaultAsync(t => t.Id == id && t.IncidentId == found.Value.Id, ct) is { } task
            ? new TaskToChange(found.Value, task) : Refusal.NotFound("The task");
    }

    /// <summary>The name of whoever gets a task; null where nobody does.</summary>
    public static async Task<Outcome<string?>> AssigneeAsync(Change change, Incident incident, Guid? assignee, CancellationToken ct)
    {
        if (assignee is not { } person)
            return (string?)null;
        var names = await IncidentPeople.NamesAsync(change.Db, "Assignee", [person], ct);
        if (!names.Succeeded)
            return names.Refusal;
        return incident.MayBeSeenBy(person) ? names.Value[person]
            : Refusal.Invalid("Assignee", "This incident is restricted, and they may not see it. Name them among its readers first.");
    }
}
