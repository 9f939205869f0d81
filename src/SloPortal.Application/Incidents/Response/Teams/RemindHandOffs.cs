using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>Tells the receiving team again, and then whoever commands the incident, that nobody has answered a hand-off. Each is told once.</summary>
public sealed class RemindHandOffs(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts) : IPass
{
    private static readonly Actor Coordinator = Actor.System("coordination");

    public string Name => "remind-hand-offs";

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        List<(int Number, Guid Id)> due;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            due = (await db.HandOffs.Where(h => h.NextStepAt <= now).Join(db.Incidents, h => h.IncidentId, i => i.Id, (h, i) => new { i.Number, h.Id, h.NextStepAt })
                .OrderBy(h => h.NextStepAt).ToListAsync(ct)).ConvertAll(h => (h.Number, h.Id));
        }
        foreach (var (number, id) in due)
            await work.ChangeAsync<RemindHandOffs, Done>(this, Coordinator, Permission.Respond, change => RemindAsync(change, number, id, ct), ct);
    }

    private static async Task<Outcome<Done>> RemindAsync(Change change, int number, Guid id, CancellationToken ct)
    {
        var found = await HandOffToChange.FindAsync(change, number, id, ct);
        if (!found.Succeeded)
            return found.Refusal;
        var (incident, handOff, from, to, task) = found.Value;
        var step = handOff.Step(change.Now);
        var subject = HandOffWords.Subject(from.Name, to.Name, task?.Title);
        var address = IncidentAddresses.Of(incident.Number);
        // An incident that is over is no reason to wake anybody; the step counts as taken.
        if (step != HandOffStep.Nothing && !IncidentStatusRules.IsOpen(incident.Status))
        {
            change.Audit("incident.hand_off_lapsed", "incident", incident.Id, IncidentToChange.Named(incident), new { HandOff = handOff.Id });
            return Done.Value;
        }
        switch (step)
        {
            case HandOffStep.Remind:
                change.Tell((await TeamToChange.PeopleAsync(change, incident, to.Id, ct)).Where(p => p != handOff.OfferedBy), HandOffWords.Offered(incident, from.Name, to.Name, task?.Title), address, byMail: true);
                if (incident.MayBeSeenBy(handOff.OfferedBy))
                    change.Tell([handOff.OfferedBy], $"{incident.Code}: nobody of {to.Name} has answered what you offered. They are told again; you answer for it still.", address);
                change.Audit("incident.hand_off_reminded", "incident", incident.Id, IncidentToChange.Named(incident), new { HandOff = handOff.Id });
                return Done.Value;
            case HandOffStep.Escalate:
                change.Tell(await TeamToChange.DecidersAsync(change, incident, ct), $"{incident.Code}: nobody of {to.Name} has answered for {Minutes(change.Now - handOff.OfferedAt)} min. {subject} is still with {from.Name}.", address, byMail: true);
                await EntryRules.SayAsync(change, incident, "incident.hand_off_escalated", new NewEntry(
                    EntryKind.Team, $"{subject} was offered to {to.Name} {Minutes(change.Now - handOff.OfferedAt)} min ago and nobody has answered; whoever commands is told", Details: new { HandOff = handOff.Id }), ct);
                return Done.Value;
            default:
                return Refusal.Conflict("It was answered, or told, since.");
        }
    }

    private static int Minutes(TimeSpan time) => (int)time.TotalMinutes;
}
