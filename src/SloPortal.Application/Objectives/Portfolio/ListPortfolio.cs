using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.Portfolio;

/// <summary>How a service stands against what it needs.</summary>
public enum PortfolioStanding
{
    /// <summary>An objective is required, and none is in force.</summary>
    Missing,
    /// <summary>None is in force, but one waits for signatures.</summary>
    Waiting,
    /// <summary>What is required is in force.</summary>
    Met,
    /// <summary>Best effort is enough.</summary>
    NotRequired,
}

/// <summary>A service with what it needs and what exists.</summary>
/// <param name="Tier">That the scorecard recommends, or somebody decided.</param>
/// <param name="Declared">That its owners gave it.</param>
/// <param name="IsOverridden">Somebody decided otherwise than the scorecard.</param>
/// <param name="InForce">Objectives in force.</param>
/// <param name="Agreeing">Objectives that wait for signatures and have none in force.</param>
/// <param name="KnownInputs">How many of revenue, users and contracts were given.</param>
/// <param name="Conflicts">What customers were promised and no objective in force keeps watch over, in a sentence each.</param>
public sealed record PortfolioRow(
    Guid Id, string Slug, string Name, string Team, string TeamName, decimal Score, ServiceTier Tier, ServiceTier Declared, PromiseKind Promise, bool IsOverridden,
    int InForce, int Agreeing, int Dependants, int KnownInputs, PortfolioStanding Standing, IReadOnlyList<string> Conflicts)
{
    public bool TierDiffers => Tier != Declared;
}

/// <summary>One page of the portfolio, and how many services stand so with the same filter.</summary>
/// <param name="Differing">How many are declared in another tier than recommended.</param>
/// <param name="Conflicting">How many promise less than a contract.</param>
public sealed record PortfolioList(Page<PortfolioRow> Page, IReadOnlyDictionary<PortfolioStanding, int> Counts, int Differing, int Conflicting);

/// <summary>Every service in use with its tier, what it needs and what exists; what is missing first, the highest score first among those.</summary>
/// <param name="Filter">Text in the name of service or team.</param>
/// <param name="Standing">Only those that stand so.</param>
/// <param name="Tier">Only those of the recommended tier.</param>
/// <param name="Differs">Only those whose declared tier is another.</param>
/// <param name="Conflicts">Only those that promise less than a contract.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">Rows on a page, at most 200.</param>
public sealed record ListPortfolio(string? Filter = null, PortfolioStanding? Standing = null, ServiceTier? Tier = null, bool Differs = false, bool Conflicts = false, int Page = 1, int Size = 50)
{
    public sealed class Handler(PortfolioQuery query, SharedReads reads, TimeProvider clock)
    {
        public async Task<Outcome<PortfolioList>> HandleAsync(ListPortfolio request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.Page is < 1 or > Page<PortfolioRow>.Last || request.Size is < 1 or > 200)
                return Refusal.Invalid(nameof(Page), "Pages count from 1 and hold 1 to 200 rows.");
            // The score needs the whole graph, so all services are scored at once; a page is cut from them.
            var all = await reads.GetAsync(nameof(ListPortfolio), reading => query.ReadAsync(clock.GetUtcNowInMicroseconds(), reading), ct);
            var text = request.Filter?.Trim() ?? "";
            var found = all.Where(r => (text.Length == 0 || Has(r.Name) || Has(r.Slug) || Has(r.TeamName)) && (request.Tier is null || r.Tier == request.Tier)).ToList();
            var counts = found.GroupBy(r => r.Standing).ToDictionary(g => g.Key, g => g.Count());
            var shown = found.Where(r => (request.Standing is null || r.Standing == request.Standing) && (!request.Differs || r.TierDiffers) && (!request.Conflicts || r.Conflicts.Count > 0)).ToList();
            return new PortfolioList(
                new Page<PortfolioRow>([.. shown.Skip((request.Page - 1) * request.Size).Take(request.Size)], shown.Count, request.Page, request.Size),
                counts, found.Count(r => r.TierDiffers), found.Count(r => r.Conflicts.Count > 0));

            bool Has(string value) => value.Contains(text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
