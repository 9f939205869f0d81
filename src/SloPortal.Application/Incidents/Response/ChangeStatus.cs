using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response;

/// <summary>Takes the incident to another status.</summary>
/// <param name="OccurredAt">When it became so; null is now.</param>
/// <param name="Note">What it rests on; becomes part of the entry.</param>
/// <param name="ClientKey">The same key again changes nothing.</param>
/// <param name="ConfirmUnusualTime">A time that was asked about is meant.</param>
public sealed record ChangeStatus(
    int Number, IncidentStatus Status, DateTimeOffset? OccurredAt = null, string? Note = null, string? ClientKey = null, bool ConfirmUnusualTime = false)
{
    public sealed class Validator : AbstractValidator<ChangeStatus>
    {
        public Validator()
        {
            RuleFor(r => r.Status).IsInEnum().WithMessage("A status is detected, acknowledged, mitigated, resolved or closed.");
            RuleFor(r => r.Note).MaximumLength(2000).WithMessage("A note has at most 2,000 characters.");
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(ChangeStatus request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeStatus, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                if (await AskedTime.AskAsync(change.Db, nameof(OccurredAt), request.OccurredAt, incident.ServiceIds, change.Now, request.ConfirmUnusualTime, ct) is { } question)
                    return question;
                var (before, hadRoom) = (incident.Status, incident.HasWarRoom);
                if (incident.ChangeStatus(request.Status, (request.OccurredAt ?? change.Now).ToUniversalTime()) is { } refusal)
                    return refusal;
                var number = await IncidentToChange.RecordAsync(change, incident, "incident.status_changed", new NewEntry(
                    EntryKind.Status, $"Status from {IncidentStatusRules.Word(before)} to {IncidentStatusRules.Word(incident.Status)}" + IncidentToChange.Because(request.Note),
                    request.OccurredAt, request.ClientKey, new { Before = before, After = incident.Status }), ct);
                if (!IncidentStatusRules.IsOpen(incident.Status))
                    await TeamCalls.EndAsync(change, incident.Id, null, "The incident is over.", ct);
                if (hadRoom && !incident.HasWarRoom)
                {
                    await TimelineWriter.AppendAsync(change, incident, [new NewEntry(EntryKind.WarRoom, "The war room was closed with the incident", request.OccurredAt)], ct);
                    change.Publish(WarRoomTopic.Of(incident.Id));
                }
                return number;
            }, ct);
    }
}
