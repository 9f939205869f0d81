using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Updates;

/// <summary>Gives up an update that is not published: its author, or whoever runs the incident.</summary>
/// <param name="Incident">Number.</param>
public sealed record WithdrawUpdate(int Incident, Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(WithdrawUpdate request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<WithdrawUpdate, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var known = await UpdateToChange.FindAsync(change, found.Value, request.Id, version: null, ct);
                if (!known.Succeeded)
                    return known.Refusal;
                var update = known.Value;
                if (update.AuthorId != actor.PersonId && !found.Value.MayBeRunBy(actor))
                    return Refusal.Denied($"{update.AuthorName} wrote this update. They or an incident commander withdraw it.");
                if (update.Withdraw() is { } refusal)
                    return refusal;
                UpdateToChange.Record(change, found.Value, "incident.update_withdrawn", update);
                return Done.Value;
            }, ct);
    }
}
