using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response;

/// <summary>Opens a war room for an incident that has none: its people meet in one place from now on.</summary>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record OpenWarRoom(int Number, string? ClientKey = null)
{
    internal static NewEntry Entry { get; } = new(EntryKind.WarRoom, "A war room was opened");

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
                if (incident.OpenWarRoom(change.Now) is { } refusal)
                    return refusal;
                return await IncidentToChange.RecordAsync(change, incident, "incident.war_room_opened", Entry with { ClientKey = request.ClientKey }, ct);
            }, ct);
    }
}
