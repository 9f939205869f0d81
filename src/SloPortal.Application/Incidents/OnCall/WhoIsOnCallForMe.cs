using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall;

/// <summary>Who is on call for the teams of the actor, as the top bar of every page shows it; it costs no query as long as nothing changes.</summary>
public sealed record WhoIsOnCallForMe
{
    public sealed class Handler(OnCallBoard board)
    {
        public async Task<Outcome<IReadOnlyList<ScheduleNow>>> HandleAsync(Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (actor.TeamIds.IsEmpty)
                return Array.Empty<ScheduleNow>();
            return (await board.NowAsync(ct)).Where(s => actor.TeamIds.Contains(s.TeamId)).ToList();
        }
    }
}
