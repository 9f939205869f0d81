using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response;

/// <summary>Gives a role in the incident to somebody, who is told.</summary>
/// <param name="Person">Null leaves the role open.</param>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record AssignRole(int Number, IncidentRole Role, Guid? Person, DateTimeOffset? OccurredAt = null, string? ClientKey = null, bool ConfirmUnusualTime = false)
{
    public sealed class Validator : AbstractValidator<AssignRole>
    {
        public Validator()
        {
            RuleFor(r => r.Role).IsInEnum().WithMessage("A role is commander, operationsLead, communications or scribe.");
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(AssignRole request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AssignRole, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                if (await AskedTime.AskAsync(change.Db, nameof(OccurredAt), request.OccurredAt, incident.ServiceIds, change.Now, request.ConfirmUnusualTime, ct) is { } question)
                    return question;
                var names = await IncidentPeople.NamesAsync(change.Db, nameof(Person), request.Person is { } one ? [one] : [], ct);
                if (!names.Succeeded)
                    return names.Refusal;
                var before = incident.HolderOf(request.Role);
                var role = IncidentRoles.Word(request.Role);
                if (before == request.Person)
                    return Refusal.Conflict(before is null ? $"Nobody is {role}." : $"{names.Value[before.Value]} is {role} already.");
                if (incident.Assign(request.Role, request.Person) is { } refusal)
                    return refusal;
                if (request.Person is { } person && person != actor.PersonId)
                    change.Tell([person], $"You are {role} of {incident.Code}: {incident.Title}", IncidentAddresses.Of(incident.Number));
                var previous = before is null ? null : await change.Db.Users.Where(p => p.Id == before).Select(p => p.DisplayName).SingleAsync(ct);
                // The steps of the role are for somebody else now.
                change.Publish(WarRoomTopic.Of(incident.Id));
                var body = (request.Person is { } now ? $"{names.Value[now]} is {role}" : $"Nobody is {role} any more") + (previous is null ? "" : $", before: {previous}");
                return await IncidentToChange.RecordAsync(change, incident, "incident.role_assigned", new NewEntry(
                    EntryKind.Role, body, request.OccurredAt, request.ClientKey, new { request.Role, Before = before, After = request.Person }), ct);
            }, ct);
    }
}
