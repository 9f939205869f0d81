using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Response.WarRooms;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>A hand-off, its teams and the task that it is about, in an incident which the actor may see.</summary>
internal sealed record HandOffToChange(Incident Incident, HandOff HandOff, Team From, Team To, IncidentTask? Task)
{
    public static async Task<Outcome<HandOffToChange>> FindAsync(Change change, int number, Guid id, CancellationToken ct)
    {
        var found = await IncidentToChange.FindAsync(change, number, ct);
        if (!found.Succeeded)
            return found.Refusal;
        if (await change.Db.HandOffs.SingleOrDefaultAsync(h => h.Id == id && h.IncidentId == found.Value.Id, ct) is not { } handOff)
            return Refusal.NotFound("The hand-off");
        var teams = await change.Db.Teams.AsNoTracking().Where(t => t.Id == handOff.FromTeamId || t.Id == handOff.ToTeamId).ToDictionaryAsync(t => t.Id, ct);
        var task = handOff.TaskId is { } about ? await change.Db.IncidentTasks.SingleAsync(t => t.Id == about, ct) : null;
        return new HandOffToChange(found.Value, handOff, teams[handOff.FromTeamId], teams[handOff.ToTeamId], task);
    }
}
