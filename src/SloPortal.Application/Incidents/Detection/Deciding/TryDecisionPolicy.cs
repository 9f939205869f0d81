using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Application.Incidents.Detection.Deciding;

/// <summary>A proposal of which the rows that are tried say something else.</summary>
public sealed record TriedProposal(RecordedDecision Proposal, Recommendation Instead);

/// <summary>What a policy would have recommended, held against what was.</summary>
/// <param name="Days">How far back.</param>
/// <param name="Proposals">How many there were, with the facts that were stored then.</param>
/// <param name="Changed">Of how many it would have recommended another severity or war room.</param>
/// <param name="Decided">How many somebody has decided.</param>
/// <param name="AgreedThen">Of those, how many were decided as recommended.</param>
/// <param name="WouldAgree">Of those, with how many it would have agreed.</param>
/// <param name="Changes">The newest first; at most 100.</param>
public sealed record PolicyTrial(int Days, int Proposals, int Changed, int Decided, int AgreedThen, int WouldAgree, IReadOnlyList<TriedProposal> Changes);

/// <summary>Tries rows on the proposals of the last 90 days, as far as the actor may see them. Nothing is stored.</summary>
public sealed record TryDecisionPolicy(IReadOnlyList<DecisionRow> Rows)
{
    public const int Days = 90;
    private const int Most = 100;

    public sealed class Validator : AbstractValidator<TryDecisionPolicy>
    {
        public Validator() => RuleFor(r => r.Rows).MustBeDecisionRows();
    }

    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<PolicyTrial>> HandleAsync(TryDecisionPolicy request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Administer))
                return Denial.Of(actor, Permission.Administer);
            if (work.Validate(request) is { } wrong)
                return wrong;
            await using var db = await contexts.CreateDbContextAsync(ct);
            var known = await KnownDecision.SinceAsync(db, actor, clock.GetUtcNowInMicroseconds() - TimeSpan.FromDays(Days), ct);
            var policy = new DecisionPolicy(request.Rows);
            var tried = known.ConvertAll(k => (Known: k, Instead: policy.Decide(k.Facts).Recommendation));
            var changed = tried.FindAll(t => (t.Instead.Severity, t.Instead.WarRoom) != (t.Known.Told.Recommended.Severity, t.Known.Told.Recommended.WarRoom));
            var decided = tried.FindAll(t => t.Known.State != IncidentProposalState.Waiting);
            return new PolicyTrial(
                Days, tried.Count, changed.Count, decided.Count, decided.Count(t => t.Known.Told.Outcome == DecisionOutcome.AsRecommended),
                decided.Count(t => DecisionOutcomes.Of(t.Instead, t.Known.State, t.Known.Told.DecidedSeverity, t.Known.Told.DecidedWarRoom) == DecisionOutcome.AsRecommended),
                [.. changed.Take(Most).Select(t => new TriedProposal(t.Known.Told, t.Instead))]);
        }
    }
}
