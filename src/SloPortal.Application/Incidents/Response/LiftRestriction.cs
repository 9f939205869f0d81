using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response;

/// <summary>Lets everybody who is signed in see the incident again, and what was merged into it.</summary>
/// <param name="Reason">Why it may be seen now.</param>
public sealed record LiftRestriction(int Number, string Reason)
{
    public sealed class Validator : AbstractValidator<LiftRestriction>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(LiftRestriction request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<LiftRestriction, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (!incident.IsRestricted)
                    return Refusal.Conflict("It is not restricted.");
                var before = incident.Readers.ConvertAll(r => r.PersonId);
                incident.LiftRestriction();
                await Merged.FollowAsync(change, incident, ct);
                return await IncidentToChange.RecordAsync(change, incident, "incident.restriction_lifted", new NewEntry(
                    EntryKind.Access, "The restriction was lifted" + IncidentToChange.Because(request.Reason), Details: new { Before = before, Reason = request.Reason.Trim() }), ct);
            }, ct);
    }
}
