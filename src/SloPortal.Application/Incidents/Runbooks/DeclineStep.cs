using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Runbooks;

/// <summary>A step that was asked for is not run. Whoever asked takes it back this way too.</summary>
public sealed record DeclineStep(int Number, Guid Run, string Because)
{
    public sealed class Validator : AbstractValidator<DeclineStep>
    {
        public Validator() => RuleFor(r => r.Because).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(DeclineStep request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<DeclineStep, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await StepToChange.FindAsync(change, request.Number, request.Run, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (incident, run, _) = found.Value;
                var isOwn = run.AskedById == actor.PersonId;
                if (!isOwn && found.Value.MustDecide(actor) is { } denied)
                    return denied;
                var because = request.Because.Trim();
                if (run.Decline(actor.PersonId, actor.Name, because, change.Now) is { } refusal)
                    return refusal;
                if (!isOwn)
                    change.Tell(found.Value.ToTell(), $"{actor.Name} declined {found.Value.Subject} in {incident.Code}: {because}", IncidentAddresses.Of(incident.Number));
                return await found.Value.SayAsync(change, "runbook.step_declined", isOwn
                    ? $"Takes back to run {found.Value.Subject}: {because}" : $"Declines {found.Value.Subject}, asked by {run.AskedByName}: {because}", null, ct);
            }, ct);
    }
}
