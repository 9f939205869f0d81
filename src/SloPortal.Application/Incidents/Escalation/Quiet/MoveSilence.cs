using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Escalation.Quiet;

/// <summary>Moves the end of a silence that is planned or goes on.</summary>
public sealed record MoveSilence(Guid Id, DateTimeOffset EndsAt)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(MoveSilence request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<MoveSilence, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await SilenceToChange.FindAsync(change, request.Id, actor, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var silence = found.Value;
                if (SilenceToChange.WrongTimes(silence.StartsAt, request.EndsAt, change.Now) is { } wrong)
                    return Refusal.Invalid(nameof(EndsAt), wrong);
                var before = silence.EndsAt;
                silence.Move(request.EndsAt.ToUniversalTime());
                change.Audit("silence.moved", "silence", silence.Id, silence.Reason, new { Before = before, After = silence.EndsAt });
                SilenceToChange.Publish(change);
                return Done.Value;
            }, ct);
    }
}
