using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>Opens a war room for an incident that has none: its people meet in one place from now on, each role with its checklist.</summary>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record OpenWarRoom(int Number, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<OpenWarRoom>
    {
        public Validator() => RuleFor(r => r.ClientKey).MustBeClientKey();
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(OpenWarRoom request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<OpenWarRoom, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                var entry = await OpenAsync(change, incident, ct);
                return entry.Succeeded
                    ? await IncidentToChange.RecordAsync(change, incident, "incident.war_room_opened", entry.Value with { ClientKey = request.ClientKey }, ct)
                    : entry.Refusal;
            }, ct);
    }

    /// <summary>Opens it with what the plan says; the caller records the entry. A room that is opened again keeps its checklists as they stand.</summary>
    internal static async Task<Outcome<NewEntry>> OpenAsync(Change change, Incident incident, CancellationToken ct)
    {
        var plan = await WarRoomPlans.InForceAsync(change.Db, ct);
        if (incident.OpenWarRoom(incident.CallLink is null ? plan.CallLinkOf(incident.Code) : null, change.Now) is { } refusal)
            return refusal;
        if (!await change.Db.IncidentTasks.AnyAsync(t => t.IncidentId == incident.Id && t.Role != null, ct))
        {
            foreach (var (role, steps) in plan.Checklists)
                change.Db.IncidentTasks.AddRange(steps.Select((step, i) => new IncidentTask(Guid.CreateVersion7(change.Now), incident.Id, step, role, i + 1, change.Actor.PersonId, change.Now)));
        }
        change.Publish(WarRoomTopic.Of(incident.Id));
        return new NewEntry(EntryKind.WarRoom, "A war room was opened", Details: new { Plan = plan.Version });
    }
}
