using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Access.Signing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Deciding;

namespace SloPortal.Application.Measurement.Deciding;

/// <summary>Signs what somebody else proposed. Every budget on the SLI counts by it from its date on; what was before stays.</summary>
/// <param name="ContentHash">Of what the actor read, as <see cref="CountingRow.ContentHash"/> gave it.</param>
/// <param name="Password">The actor's own, once more; null where a fresh sign-in at their provider confirms it.</param>
public sealed record SignCounting(Guid Id, string Note, string ContentHash, string? Password = null)
{
    public sealed class Validator : AbstractValidator<SignCounting>
    {
        public Validator()
        {
            RuleFor(r => r.Note).NotNull().WithMessage("Leave the note empty rather than out.").MaximumLength(4000).WithMessage("A note has at most 4,000 characters.");
            RuleFor(r => r.ContentHash).NotEmpty().WithMessage("Send the hash of what was read.");
        }
    }

    public sealed class Handler(SignedChange work, IDecidedCounts counts)
    {
        public Task<Outcome<Done>> HandleAsync(SignCounting request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SignCounting, Done>(request, DecisionToChange.Subject(request.Id), request.Password, actor, Permission.Sign, async (change, confirmedBy) =>
            {
                var found = await DecisionToChange.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (decision, sli) = found.Value;
                if (!string.Equals(request.ContentHash, Convert.ToHexStringLower(decision.ContentHash()), StringComparison.OrdinalIgnoreCase))
                    return Refusal.Conflict("It is not what you read. Read it again before you sign it.");
                if (sli.ArchivedAt is not null)
                    return Refusal.Conflict("The SLI is archived and counts nothing any more.");
                if (decision.Sign(actor.PersonId, actor.Name, request.Note.Trim(), confirmedBy, change.Now) is { } refusal)
                    return refusal;
                if (await change.Db.CountingDecisions.AnyAsync(d => d.SliId == sli.Id && d.State == DecisionState.InForce && d.InForceFrom >= decision.InForceFrom && d.Id != decision.Id, ct))
                    return Refusal.Conflict("Another decision takes effect later than this one would. Decline this one and propose it from a later date.");
                DecisionToChange.Record(change, sli, decision, "signed");
                // What follows reads it in the database.
                await change.Db.SaveChangesAsync(ct);
                await counts.FollowAsync(change, sli.Id, ct);
                change.Publish("budgets");
                change.Tell([decision.ProposedBy], $"{actor.Name} signed what counts for \"{sli.Name}\".", $"/slis/{sli.Id}#counting");
                return Done.Value;
            }, ct);
    }
}
