using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Deriving;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>Signs for the party that the actor is named as. The second signature makes the version, in the same transaction.</summary>
public sealed record SignProposal(Guid Id, string Reason)
{
    public sealed class Validator : AbstractValidator<SignProposal>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the version that this made, or null while the other signature is missing.</returns>
        public Task<Outcome<SignedProposal>> HandleAsync(SignProposal request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SignProposal, SignedProposal>(request, actor, Permission.Sign, async change =>
            {
                var found = await OpenProposal.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, service) = found.Value;
                if (objective.ArchivedAt is not null)
                    return Refusal.Conflict($"{objective.Name} is archived, so nothing more is agreed about it.");
                var party = proposal.PartyThatMaySign(actor.PersonId);
                if (proposal.Sign(actor.PersonId, actor.Name, request.Reason.Trim(), change.Now) is { } refusal)
                    return refusal;
                // Membership may have ended since the proposal was made.
                if (party == Party.Owner && !await change.Db.TeamMembers.AnyAsync(m => m.TeamId == service.OwnerTeamId && m.PersonId == actor.PersonId, ct))
                    return Refusal.Denied($"You are no longer a member of the team that owns {service.Name}, so you cannot sign for it.");

                change.Audit("proposal.signed", "proposal", proposal.Id, objective.Name, new { Party = party, Reason = request.Reason.Trim(), ContentHash = Convert.ToHexStringLower(proposal.ContentHash()) });
                ProposalTopics.Publish(change, proposal);
                if (proposal.State != ProposalState.Accepted)
                    return new SignedProposal(proposal.State, null, null);
                var version = await AddVersionAsync(change, proposal, ct);
                if (!version.Succeeded)
                    return version.Refusal;
                change.Audit("objective.agreed", "objective", objective.Id, objective.Name, new
                {
                    version.Value.Number,
                    Target = version.Value.Target.Percent,
                    Window = version.Value.Window.ToString(),
                    Method = version.Value.Method.ToString(),
                    version.Value.EffectiveFrom,
                    Proposal = proposal.Id,
                });
                change.Publish("objectives");
                return new SignedProposal(proposal.State, version.Value.Number, version.Value.EffectiveFrom);
            }, ct);

        private static async Task<Outcome<ObjectiveVersion>> AddVersionAsync(Change change, Proposal proposal, CancellationToken ct)
        {
            var latest = await change.Db.ObjectiveVersions.AsNoTracking().Where(v => v.ObjectiveId == proposal.ObjectiveId).OrderByDescending(v => v.Number).FirstOrDefaultAsync(ct);
            // A signature that comes after the moment that was proposed does not reach back to it.
            var effectiveFrom = proposal.EffectiveFrom > change.Now ? proposal.EffectiveFrom.Value : change.Now;
            if (latest?.EffectiveFrom > effectiveFrom)
                return Refusal.Conflict($"Version {latest.Number} was agreed meanwhile and takes effect later than this one would. Withdraw this proposal and make a new one.");
            var counts = await SlicedSeries.CountsIdAsync(change, proposal.SliId, proposal.Method, ct);
            var version = new ObjectiveVersion(
                Guid.CreateVersion7(change.Now), proposal.ObjectiveId, (latest?.Number ?? 0) + 1, proposal.SliId, proposal.Method, counts,
                proposal.Target, proposal.Window, effectiveFrom, proposal.Id, change.Now, proposal.Externals);
            change.Db.ObjectiveVersions.Add(version);
            return version;
        }
    }
}

/// <summary>Where a proposal stands after a signature: the version that it made, once both have signed.</summary>
public sealed record SignedProposal(ProposalState State, int? Version, DateTimeOffset? EffectiveFrom);
