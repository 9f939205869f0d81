using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>What proposing a new objective and a new version have in common: the rules, the replay, and the proposal itself.</summary>
public sealed class ProposalDraft(EvidenceReplay replay)
{
    internal async Task<Outcome<Guid>> AddAsync(Change change, Service service, Objective objective, ProposedTerms terms, CancellationToken ct)
    {
        // Two proposals at once would each miss the other.
        await change.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM objectives WHERE id = {objective.Id} FOR UPDATE", ct);
        if (await AgreementRules.NoOtherProposalMayWaitAsync(change.Db, objective.Id, ct) is { } waits)
            return waits;
        var sli = await AgreementRules.SliMustBelongToTheServiceAsync(change.Db, service, terms.Sli, ct);
        if (!sli.Succeeded)
            return sli.Refusal;
        if (await AgreementRules.PartiesMustBeAbleToSignAsync(change.Db, service, terms, ct) is { } parties)
            return parties;
        var latest = await change.Db.ObjectiveVersions.AsNoTracking().Where(v => v.ObjectiveId == objective.Id).OrderByDescending(v => v.Number).FirstOrDefaultAsync(ct);
        if (AgreementRules.VersionMustNotReachBack(terms.EffectiveFrom, latest, change.Now) is { } past)
            return past;
        if (AgreementRules.ReviewMustBeToCome(terms.ReviewOn, change.Now) is { } review)
            return review;

        var target = new ObjectiveTarget(terms.TargetPercent);
        var window = SloWindow.Parse(terms.Window);
        if (await AgreementRules.WindowMustBeKeptAsync(change.Db, window, ct) is { } gone)
            return gone;
        var method = ProposedTerms.MethodFor(sli.Value, terms.Method);
        if (!method.Succeeded)
            return method.Refusal;
        var evidence = await replay.RunAsync(sli.Value, method.Value, target, window, terms.Externals, objective.AlertPolicyId, change.Now, binding: true, ct);
        if (!evidence.Succeeded)
            return evidence.Refusal;

        var proposal = new Proposal(
            Guid.CreateVersion7(change.Now), objective.Id, sli.Value.Id, method.Value, target, window, terms.EffectiveFrom?.ToUniversalTime(),
            terms.OwnerId, terms.StakeholderId, terms.Rationale.Trim(), JsonSerializer.Serialize(evidence.Value, PortalJson.Options), change.Actor.PersonId, change.Now, terms.Externals);
        proposal.ReviewAgain(terms.ReviewOn);
        change.Db.Proposals.Add(proposal);
        change.Audit("proposal.made", "proposal", proposal.Id, objective.Name, new
        {
            Objective = objective.Id,
            Service = service.Slug,
            Target = target.Percent,
            Window = window.ToString(),
            Method = method.Value.ToString(),
            Sli = sli.Value.Slug,
            terms.EffectiveFrom,
            terms.OwnerId,
            terms.StakeholderId,
            terms.Externals,
            terms.ReviewOn,
        });
        change.TellOf(proposal, [proposal.OwnerId, proposal.StakeholderId], $"{change.Actor.Name} proposes {target} for {objective.Name}. It waits for your signature.", byMail: true);
        ProposalTopics.Publish(change, proposal);
        return proposal.Id;
    }
}

/// <summary>Who is woken when a proposal moves.</summary>
internal static class ProposalTopics
{
    public static void Publish(Change change, Proposal proposal)
    {
        change.Publish("proposals");
        change.Publish($"objective/{proposal.ObjectiveId}");
    }
}
