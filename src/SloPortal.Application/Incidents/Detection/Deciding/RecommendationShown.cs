using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Application.Incidents.Detection.Deciding;

/// <summary>What the policy said of a proposal when it was made, and how it came to it.</summary>
/// <param name="Policy">The version that said it.</param>
/// <param name="Rows">Those that were looked at, in their order, with value against threshold; the last one holds where any does.</param>
public sealed record RecommendationShown(int Policy, Recommendation Said, DecisionFacts Facts, IReadOnlyList<RowJudged> Rows)
{
    /// <summary>Of the proposals that have one.</summary>
    internal static async Task<Dictionary<Guid, RecommendationShown>> OfAsync(PortalDbContext db, IReadOnlyCollection<Guid> proposals, CancellationToken ct)
    {
        var rows = await db.ProposalRecommendations.AsNoTracking().Where(r => proposals.Contains(r.ProposalId))
            .Join(db.DecisionPolicies, r => r.PolicyNumber, v => v.Number, (r, v) => new { r, v.Policy }).ToListAsync(ct);
        return rows.ToDictionary(x => x.r.ProposalId, x => new RecommendationShown(x.r.PolicyNumber, x.r.Said, x.r.Facts, x.Policy.Decide(x.r.Facts).Rows));
    }
}
