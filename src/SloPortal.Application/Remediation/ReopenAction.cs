using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Remediation;

/// <summary>It was not done after all, or is wanted again; the reason is recorded.</summary>
public sealed record ReopenAction(int Number, string Reason)
{
    public sealed class Validator : AbstractValidator<ReopenAction>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ReopenAction request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ReopenAction, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await ActionToChange.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var action = found.Value;
                // What ended it is cleared, and stays in the audit.
                var before = new { Reason = request.Reason.Trim(), action.State, action.ProofUrl, action.Outcome };
                if (action.Reopen() is { } refused)
                    return refused;
                ActionToChange.Record(change, action, "reopened", before);
                await ActionToChange.TellAsync(change, action, $"{actor.Name} reopened {action.Code}: {action.Title}", ct);
                return Done.Value;
            }, ct);
    }
}
