using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Scoring;

/// <summary>Changes how scores come about. All scores follow at once; what was overridden stays.</summary>
/// <param name="Reason">Why, for the audit.</param>
/// <param name="Version">As it was read.</param>
public sealed record ChangeScorecard(Scorecard Card, string Reason, uint Version)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeScorecard request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeScorecard, Done>(request, actor, Permission.Administer, async change =>
            {
                if (request.Card is null)
                    return Refusal.Invalid(nameof(Card), "Give the scorecard.");
                if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 4000)
                    return Refusal.Invalid(nameof(Reason), "Say in at most 4,000 characters why the scorecard is changed.");
                if (Scorecard.RefusalFor(request.Card) is { } wrong)
                    return Refusal.Invalid(nameof(Card), wrong);
                var stored = await change.Db.Scorecards.SingleAsync(ct);
                if (stored.Version != request.Version)
                    return Refusal.Conflict("Somebody else changed the scorecard since you opened it. Your text is still here; open it in another tab, look at their change, and make yours again.");
                change.Audit("scorecard.changed", "scorecard", stored.Id, "Scorecard", new { Reason = request.Reason.Trim(), Before = stored.Card, After = request.Card });
                stored.Replace(request.Card, change.Now);
                change.Publish("services");
                return Done.Value;
            }, ct);
    }
}
