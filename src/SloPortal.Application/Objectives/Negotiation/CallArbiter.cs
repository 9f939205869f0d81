using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>Calls somebody who stands between the sides to decide. Whoever is called stays so; only an administrator calls another.</summary>
/// <param name="Reason">Why the sides cannot settle it.</param>
public sealed record CallArbiter(Guid Id, Guid PersonId, string Reason)
{
    public sealed class Validator : AbstractValidator<CallArbiter>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(CallArbiter request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CallArbiter, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await NegotiationRules.FindToLeadAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, _) = found.Value;
                var person = await change.Db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.PersonId && p.DisabledAt == null, ct);
                if (person is null)
                    return Refusal.Invalid(nameof(PersonId), "This person has no active account. Choose somebody else.");
                var roles = await PersonRoles.ReadAsync(change.Db, person.Id, ct);
                if (!new Actor { Kind = ActorKind.Person, Name = person.DisplayName, Roles = [.. roles] }.May(Permission.Sign))
                    return Refusal.Invalid(nameof(PersonId), $"{person.DisplayName} reads only and signs nothing, so cannot decide. Choose somebody else.");
                if (proposal.CallArbiter(person.Id, actor.May(Permission.Administer)) is { } refusal)
                    return refusal;
                change.Audit("proposal.arbiter-called", "proposal", proposal.Id, objective.Name, new { Person = person.Id, person.DisplayName, Reason = request.Reason.Trim() });
                change.TellOf(proposal, [person.Id], $"{actor.Name} asks you to decide between the sides about {objective.Name}: {Short(request.Reason.Trim())}", byMail: true);
                change.TellOf(proposal, [proposal.OwnerId, proposal.StakeholderId], $"{actor.Name} called {person.DisplayName} to decide about {objective.Name}.", byMail: true);
                ProposalTopics.Publish(change, proposal);
                return Done.Value;
            }, ct);

        private static string Short(string reason) => reason.Length <= 200 ? reason : reason[..199] + "…";
    }
}
