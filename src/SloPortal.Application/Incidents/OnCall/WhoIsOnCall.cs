using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall;

/// <param name="Schedules">By team and name.</param>
/// <param name="Mine">The actor's next shifts, in order; the first may go on already.</param>
public sealed record OnCallAnswer(IReadOnlyList<ScheduleNow> Schedules, IReadOnlyList<UpcomingShift> Mine);

/// <summary>Who is on call now and next, and when the actor is.</summary>
/// <param name="Team">Slug; null for all.</param>
public sealed record WhoIsOnCall(string? Team = null)
{
    public sealed class Handler(OnCallBoard board)
    {
        public async Task<Outcome<OnCallAnswer>> HandleAsync(WhoIsOnCall request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var schedules = await board.NowAsync(ct);
            var ahead = actor.PersonId == Guid.Empty ? [] : await board.AheadAsync(ct);
            return new OnCallAnswer([.. schedules.Where(s => request.Team is null || s.Team == request.Team)], [.. ahead.Where(u => u.Shift.PersonId == actor.PersonId)]);
        }
    }
}
