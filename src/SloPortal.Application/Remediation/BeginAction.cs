using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Remediation;

/// <summary>Says that somebody is at it.</summary>
public sealed record BeginAction(int Number)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(BeginAction request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<BeginAction, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await ActionToChange.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                if (found.Value.Begin() is { } refused)
                    return refused;
                ActionToChange.Record(change, found.Value, "begun");
                return Done.Value;
            }, ct);
    }
}
