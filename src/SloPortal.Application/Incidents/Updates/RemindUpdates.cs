using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.Updates;

/// <summary>
/// Reminds whoever tells stakeholders when an update is due and was not given, and later tells those who decide about incidents. Each is
/// told once for each update, whichever portal looks.
/// </summary>
public sealed class RemindUpdates(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts) : IPass
{
    private static readonly Actor Coordinator = Actor.System("coordination");

    public string Name => "remind-updates";

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var number in await WaitingAsync(now, ct))
            await work.ChangeAsync<RemindUpdates, Done>(this, Coordinator, Permission.Respond, change => RemindAsync(change, number, ct), ct);
    }

    /// <summary>Incidents of which somebody is to be told now.</summary>
    private async Task<List<int>> WaitingAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var open = await UpdatesOf.DueAsync(db, db.Incidents.AsNoTracking(), UpdatesOf.Open(db.Incidents.AsNoTracking()), ct);
        var overdue = open.Where(i => i.Due.OverdueBy(now) is not null).ToList();
        var ids = overdue.ConvertAll(i => i.Id);
        var told = await db.UpdateReminders.AsNoTracking().Where(r => ids.Contains(r.IncidentId)).ToDictionaryAsync(r => r.IncidentId, ct);
        return [.. overdue.Where(i => (told.GetValueOrDefault(i.Id) ?? new(i.Id)).Next(i.Due.At!.Value, i.Severity, now) != ReminderStep.Nothing).Select(i => i.Number)];
    }

    private static async Task<Outcome<Done>> RemindAsync(Change change, int number, CancellationToken ct)
    {
        var found = await IncidentToChange.FindAsync(change, number, ct);
        if (!found.Succeeded)
            return found.Refusal;
        var incident = found.Value;
        // Somebody may have told them, or it may have ended, since it was looked.
        var due = (await UpdatesOf.DueAsync(change.Db, change.Db.Incidents, change.Db.Incidents.Where(i => i.Id == incident.Id), ct))[0].Due;
        if (due.OverdueBy(change.Now) is null)
            return Refusal.Conflict("The update was given.");
        if (await change.Db.UpdateReminders.SingleOrDefaultAsync(r => r.IncidentId == incident.Id, ct) is not { } reminder)
            change.Db.UpdateReminders.Add(reminder = new UpdateReminder(incident.Id));
        var at = due.At!.Value.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);
        var address = IncidentAddresses.Of(incident.Number) + "#updates";
        switch (reminder.Step(due.At.Value, incident.Severity, change.Now))
        {
            case ReminderStep.Remind:
                var teller = incident.HolderOf(IncidentRole.Communications);
                change.Tell(teller is { } person ? [person] : await TeamToChange.DecidersAsync(change, incident, ct), $"{incident.Code}: the update for stakeholders was due at {at} UTC.", address, byMail: true);
                change.Audit("incident.update_reminded", "incident", incident.Id, IncidentToChange.Named(incident), new { DueAt = due.At });
                return Done.Value;
            case ReminderStep.Escalate:
                var deciders = (await TeamToChange.DecidersAsync(change, incident, ct)).Union(await CommandersAsync(change, incident, ct));
                change.Tell(deciders, $"{incident.Code}: stakeholders still wait for the update of {at} UTC. See that somebody writes it.", address, byMail: true);
                await EntryRules.SayAsync(change, incident, "incident.update_escalated", new NewEntry(
                    EntryKind.Note, $"The update for stakeholders of {at} UTC was not given; the incident commanders are told", Details: new { DueAt = due.At }), ct);
                return Done.Value;
            default:
                return Refusal.Conflict("They were told since.");
        }
    }

    private static async Task<IEnumerable<Guid>> CommandersAsync(Change change, Incident incident, CancellationToken ct) =>
        (await IncidentPeople.CommandersAsync(change.Db, ct)).Where(incident.MayBeSeenBy);
}
