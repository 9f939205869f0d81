using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Measurement.Comparing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Deciding;

/// <summary>Declines what was proposed, or takes it back where the actor proposed it.</summary>
public sealed record DeclineCounting(Guid Id, string Reason)
{
    public sealed class Validator : AbstractValidator<DeclineCounting>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeMeasurementReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(DeclineCounting request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<DeclineCounting, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await DecisionToChange.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (decision, sli) = found.Value;
                if (decision.Decline(actor.PersonId, actor.Name, request.Reason.Trim(), change.Now) is { } refusal)
                    return refusal;
                DecisionToChange.Record(change, sli, decision, "declined");
                if (decision.ProposedBy != actor.PersonId)
                    change.Tell([decision.ProposedBy], $"{actor.Name} declined what you proposed to count for \"{sli.Name}\".", $"/slis/{sli.Id}#counting");
                return Done.Value;
            }, ct);
    }
}
