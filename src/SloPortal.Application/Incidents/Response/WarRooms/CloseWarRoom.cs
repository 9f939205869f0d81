using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>Closes the war room of an incident. Roles and tasks stay as they are.</summary>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record CloseWarRoom(int Number, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<CloseWarRoom>
    {
        public Validator() => RuleFor(r => r.ClientKey).MustBeClientKey();
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(CloseWarRoom request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CloseWarRoom, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                if (incident.CloseWarRoom(change.Now) is { } refusal)
                    return refusal;
                change.Publish(WarRoomTopic.Of(incident.Id));
                return await IncidentToChange.RecordAsync(change, incident, "incident.war_room_closed",
                    new NewEntry(EntryKind.WarRoom, "The war room was closed", ClientKey: request.ClientKey), ct);
            }, ct);
    }
}
