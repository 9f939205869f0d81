using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>Says where the people of a war room talk.</summary>
/// <param name="Link">An https address; null takes it away.</param>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record SayCallLink(int Number, string? Link, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<SayCallLink>
    {
        public Validator()
        {
            RuleFor(r => r.Link).MustBeCallLink();
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(SayCallLink request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SayCallLink, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                var before = incident.CallLink;
                if (incident.SayCallLink(string.IsNullOrWhiteSpace(request.Link) ? null : request.Link.Trim()) is { } refusal)
                    return refusal;
                change.Publish(WarRoomTopic.Of(incident.Id));
                return await IncidentToChange.RecordAsync(change, incident, "incident.call_link_said", new NewEntry(
                    EntryKind.WarRoom, incident.CallLink is { } link ? $"People talk at {link}" : "There is no call any more",
                    ClientKey: request.ClientKey, Details: new { Before = before, After = incident.CallLink }), ct);
            }, ct);
    }
}
