using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Remediation;

/// <summary>Gives it up; the reason is recorded.</summary>
public sealed record DropAction(int Number, string Reason)
{
    public sealed class Validator : AbstractValidator<DropAction>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(DropAction request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<DropAction, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await ActionToChange.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var action = found.Value;
                if (action.Drop(request.Reason.Trim(), change.Now) is { } refused)
                    return refused;
                ActionToChange.Record(change, action, "dropped", new { Reason = request.Reason.Trim() });
                await ActionToChange.TellAsync(change, action, $"{actor.Name} dropped {action.Code}: {action.Title}", ct);
                return Done.Value;
            }, ct);
    }
}
