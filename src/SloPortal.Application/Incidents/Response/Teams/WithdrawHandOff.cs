using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>Takes an offer back that nobody has answered.</summary>
public sealed record WithdrawHandOff(int Number, Guid HandOff)
{
    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(WithdrawHandOff request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<WithdrawHandOff, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await HandOffToChange.FindAsync(change, request.Number, request.HandOff, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (incident, handOff, from, to, task) = found.Value;
                if (!actor.TeamIds.Contains(from.Id) && actor.PersonId != handOff.OfferedBy && !incident.MayBeRunBy(actor))
                    return Refusal.Denied($"People of {from.Name} take this back, and whoever commands {incident.Code}. Ask one of them.");
                if (handOff.Withdraw(actor.PersonId, change.Now) is { } refusal)
                    return refusal;
                change.Publish(TeamsTopic.Of(incident.Id));
                return await EntryRules.SayAsync(change, incident, "incident.hand_off_withdrawn", new NewEntry(
                    EntryKind.Team, $"{HandOffWords.Subject(from.Name, to.Name, task?.Title)} is not offered any more",
                    Details: new { HandOff = handOff.Id, From = from.Id, To = to.Id, handOff.TaskId }, Source: EntryRules.SourceOf(actor)), ct);
            }, ct);
    }
}
