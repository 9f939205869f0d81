using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Escalation.Quiet;

/// <summary>Ends a silence before its time. What still fires is decided anew, and may call.</summary>
public sealed record EndSilence(Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(EndSilence request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<EndSilence, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await SilenceToChange.FindAsync(change, request.Id, actor, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                found.Value.End(actor.Name, change.Now);
                change.Audit("silence.ended", "silence", found.Value.Id, found.Value.Reason);
                SilenceToChange.Publish(change);
                return Done.Value;
            }, ct);
    }
}
