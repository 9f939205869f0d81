using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Remediation;

/// <summary>Says that it is done, and where one sees that.</summary>
/// <param name="ProofUrl">A change, a test, a dashboard: http or https.</param>
/// <param name="Outcome">What the proof shows.</param>
public sealed record CompleteAction(int Number, string ProofUrl, string Outcome)
{
    public sealed class Validator : AbstractValidator<CompleteAction>
    {
        public Validator()
        {
            RuleFor(r => r.ProofUrl).Must(url => ValidationRules.IsWebAddress(url?.Trim())).WithMessage("Give the link that proves it: a full address that begins with https:// or http://, at most 2,000 characters.");
            RuleFor(r => r.Outcome).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Say what the link shows.")
                .MaximumLength(4000).WithMessage("What the link shows has at most 4,000 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(CompleteAction request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CompleteAction, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await ActionToChange.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var action = found.Value;
                if (action.Complete(request.ProofUrl.Trim(), request.Outcome.Trim(), change.Now) is { } refused)
                    return refused;
                ActionToChange.Record(change, action, "completed", new { action.ProofUrl, action.Outcome });
                await ActionToChange.TellAsync(change, action, $"{actor.Name} completed {action.Code}: {action.Title}", ct);
                return Done.Value;
            }, ct);
    }
}
