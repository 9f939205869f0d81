using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>What a counter-offer changes; parties and SLI stay.</summary>
/// <param name="TargetPercent">99.95 means 99.95 %.</param>
/// <param name="Window">"rolling 30d" or "calendar month Europe/Berlin".</param>
/// <param name="EffectiveFrom">When it shall take effect; null is at the last signature.</param>
/// <param name="ReviewOn">The day on which the agreement is looked at again; null is none.</param>
public sealed record OfferedTerms(decimal TargetPercent, string Window, DateTimeOffset? EffectiveFrom = null, DateOnly? ReviewOn = null)
{
    public sealed class Validator : AbstractValidator<OfferedTerms>
    {
        public Validator()
        {
            RuleFor(t => t.TargetPercent).MustBeTarget();
            RuleFor(t => t.Window).MustBeWindow();
        }
    }
}

/// <summary>Puts other terms in the place of those of a proposal, with the history replayed for them.</summary>
public sealed class NewRound(EvidenceReplay replay)
{
    internal async Task<Refusal?> BeginAsync(Change change, Proposal proposal, Objective objective, OfferedTerms terms, string reason, CancellationToken ct)
    {
        if (AgreementRules.FilesMustNotManage(objective) is { } managed)
            return managed;
        var latest = await change.Db.ObjectiveVersions.AsNoTracking().Where(v => v.ObjectiveId == objective.Id).OrderByDescending(v => v.Number).FirstOrDefaultAsync(ct);
        if (AgreementRules.VersionMustNotReachBack(terms.EffectiveFrom, latest, change.Now) is { } past)
            return past;
        if (AgreementRules.ReviewMustBeToCome(terms.ReviewOn, change.Now) is { } review)
            return review;
        var sli = await change.Db.Slis.AsNoTracking().SingleAsync(s => s.Id == proposal.SliId, ct);
        var (target, window) = (new ObjectiveTarget(terms.TargetPercent), SloWindow.Parse(terms.Window));
        if (await AgreementRules.WindowMustBeKeptAsync(change.Db, window, ct) is { } gone)
            return gone;
        var evidence = await replay.RunAsync(sli, proposal.Method, target, window, proposal.Externals, objective.AlertPolicyId, change.Now, binding: true, ct);
        if (!evidence.Succeeded)
            return evidence.Refusal;
        var ended = proposal.CounterOffer(target, window, terms.EffectiveFrom?.ToUniversalTime(), terms.ReviewOn, reason, JsonSerializer.Serialize(evidence.Value, PortalJson.Options), change.Actor.PersonId, change.Now);
        if (!ended.Succeeded)
            return ended.Refusal;
        change.Db.PastRounds.Add(ended.Value);
        return null;
    }
}
