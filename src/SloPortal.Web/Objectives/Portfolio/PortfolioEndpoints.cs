using SloPortal.Application.Catalog.Scoring;
using SloPortal.Application.Objectives.Portfolio;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Objectives.Portfolio;

/// <param name="Version">As it was read; null when nobody had said anything.</param>
internal sealed record ImpactBody(decimal? RevenuePerHour, string Currency, long? Users, IReadOnlyList<string> Frameworks, int? Contracts, uint? Version);

internal sealed record OverrideBody(ServiceTier Tier, PromiseKind Promise, string Rationale);

internal static class PortfolioEndpoints
{
    public static void MapPortfolio(this RouteGroupBuilder api)
    {
        api.MapGet("/portfolio", async (string? filter, EnumWord<PortfolioStanding>? standing, EnumWord<ServiceTier>? tier, bool? differs, int? page, int? size, ListPortfolio.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListPortfolio(filter, standing?.Value, tier?.Value, differs ?? false, page ?? 1, size ?? 50), await current.GetAsync(ct), ct)).ToOk())
            .WithTags("Portfolio").WithName("ListPortfolio").WithSummary("Every service with its tier, what it needs and what exists; what is missing first");

        var scorecard = api.MapGroup("/scorecard").WithTags("Portfolio");

        scorecard.MapGet("/", async (GetScorecard.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetScorecard(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetScorecard").WithSummary("How scores come about, with the reasons");

        scorecard.MapPut("/", async (ChangeScorecard request, ChangeScorecard.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(request, await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangeScorecard").WithSummary("Changes weights, steps, frameworks and thresholds; 409 when its version has moved on");

        var services = api.MapGroup("/services/{slug}").WithTags("Portfolio");

        services.MapGet("/score", async (string slug, GetScore.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetScore(slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetScore").WithSummary("The score of a service with its arithmetic, and what it needs to promise");

        services.MapPut("/impact", async (string slug, ImpactBody body, DescribeImpact.Handler describe, CurrentActor current, CancellationToken ct) =>
                (await describe.HandleAsync(new DescribeImpact(slug, body.RevenuePerHour, body.Currency, body.Users, body.Frameworks, body.Contracts, body.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("DescribeImpact").WithSummary("Says what a service means to the business; 409 when its version has moved on");

        services.MapPut("/override", async (string slug, OverrideBody body, OverrideScore.Handler decide, CurrentActor current, CancellationToken ct) =>
                (await decide.HandleAsync(new OverrideScore(slug, body.Tier, body.Promise, body.Rationale), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("OverrideScore").WithSummary("Decides otherwise than the scorecard, with a rationale");

        services.MapDelete("/override", async (string slug, TakeBackOverride.Handler takeBack, CurrentActor current, CancellationToken ct) =>
                (await takeBack.HandleAsync(new TakeBackOverride(slug), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("TakeBackOverride").WithSummary("Lets the scorecard decide again");
    }
}
