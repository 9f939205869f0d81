using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.Teams;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>What becomes of teams when their incident goes on in another, or is not for everybody any more.</summary>
internal static class MovedTeams
{
    /// <summary>Teams, hand-offs and links go on in the survivor; a team that works on both keeps its part there.</summary>
    public static async Task MoveAsync(Change change, Incident from, Incident survivor, CancellationToken ct)
    {
        var there = await change.Db.InvolvedTeams.Where(t => t.IncidentId == survivor.Id).Select(t => t.TeamId).ToListAsync(ct);
        foreach (var team in await change.Db.InvolvedTeams.Where(t => t.IncidentId == from.Id).ToListAsync(ct))
        {
            await TeamCalls.EndAsync(change, from.Id, team.TeamId, "The incident goes on in another.", ct);
            change.Db.InvolvedTeams.Remove(team);
            if (!there.Contains(team.TeamId))
                change.Db.InvolvedTeams.Add(team.In(survivor.Id));
        }
        foreach (var handOff in await change.Db.HandOffs.Where(h => h.IncidentId == from.Id).ToListAsync(ct))
            handOff.MoveTo(survivor.Id);
        await IncidentLinks.MoveAsync(change, from, survivor, ct);
        change.Publish(TeamsTopic.Of(survivor.Id));
    }

    /// <summary>Refused where somebody who leads a team would no longer see the incident.</summary>
    public static async Task<Refusal?> ShutOutAsync(Change change, Incident restricted, CancellationToken ct)
    {
        var leads = await change.Db.InvolvedTeams.Where(t => t.IncidentId == restricted.Id && t.State != TeamState.Done && t.LeadId != null)
            .Join(change.Db.Teams, t => t.TeamId, t => t.Id, (t, team) => new { team.Name, Lead = t.LeadId!.Value }).ToListAsync(ct);
        return leads.Find(l => !restricted.MayBeSeenBy(l.Lead)) is { } shutOut
            ? Refusal.Invalid("Readers", $"Whoever leads {shutOut.Name} in {restricted.Code} would no longer see it. Name them too, or give the lead to somebody else first.") : null;
    }
}
