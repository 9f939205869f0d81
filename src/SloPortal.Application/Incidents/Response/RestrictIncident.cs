using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response;

/// <summary>
/// Lets only the named people, of whom the actor stays one, see the incident and what hangs on it; also changes who they are. What
/// was merged into it follows.
/// </summary>
public sealed record RestrictIncident(int Number, IReadOnlyList<Guid> Readers)
{
    public sealed class Validator : AbstractValidator<RestrictIncident>
    {
        public Validator() => RuleFor(r => r.Readers).Must(p => p is { Count: <= 200 }).WithMessage("Name the people, at most 200.");
    }

    public sealed class Handler(UnitOfWork work, IEnumerable<IIncidentPages> below)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(RestrictIncident request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RestrictIncident, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                Guid[] readers = [.. request.Readers.Append(actor.PersonId).Distinct()];
                var names = await IncidentPeople.NamesAsync(change.Db, nameof(Readers), readers, ct);
                if (!names.Succeeded)
                    return names.Refusal;
                var before = incident.Readers.ConvertAll(r => r.PersonId);
                if (incident.IsRestricted && before.Count == readers.Length && readers.All(before.Contains))
                    return Refusal.Conflict("It is restricted to these people already.");
                if (incident.Restrict(readers) is { } refusal)
                    return refusal;
                if (await MovedTeams.ShutOutAsync(change, incident, ct) is { } shutOut)
                    return shutOut;
                await Merged.FollowAsync(change, incident, ct);
                await HiddenNotices.RemoveAsync(change, incident, below, ct);
                change.Tell(readers.Where(p => p != actor.PersonId && !before.Contains(p)), $"{actor.Name} lets you see the restricted {incident.Code}: {incident.Title}", IncidentAddresses.Of(incident.Number));
                return await IncidentToChange.RecordAsync(change, incident, "incident.restricted", new NewEntry(
                    EntryKind.Access, "Restricted to " + string.Join(", ", names.Value.Values.Order(StringComparer.CurrentCulture)), Details: new { Before = before, After = readers }), ct);
            }, ct);
    }
}
