using SloPortal.Application.Budgets;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Budgets;

internal static class BudgetEndpoints
{
    public static void MapBudgets(this RouteGroupBuilder api)
    {
        var objectives = api.MapGroup("/objectives").WithTags("Budgets");

        objectives.MapGet("/", async (
                    string? filter, string? service, string? team, EnumWord<ObjectiveStanding>? standing, EnumWord<ObjectiveOrder>? order, bool? archived, int? page, int? size,
                    ListObjectives.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(
                    new ListObjectives(filter, service, team, standing?.Value, order?.Value ?? ObjectiveOrder.Hurts, archived ?? false, page ?? 1, size ?? 50),
                    await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListObjectives").WithSummary("Objectives with their budgets, what hurts most first");

        objectives.MapGet("/{service}/{slug}/standing", async (string service, string slug, GetStanding.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetStanding(service, slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetStanding").WithSummary("The budget of an objective, its burn alerts and the counts behind them; null before a version is in force");

        objectives.MapGet("/{service}/{slug}/story", async (
                    string service, string slug, string? range, DateTimeOffset? from, DateTimeOffset? to, GetStory.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetStory(service, slug, range, from, to), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetStory").WithSummary("Attained, budget left, burn and events of an objective on one time axis")
            .WithDescription("Give range (1h, 1d, 7d, 30d, 90d, 1y) or from and to.");

        objectives.MapGet("/{service}/{slug}/contributions", async (string service, string slug, GetContributions.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetContributions(service, slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetContributions").WithSummary("What each part of a journey takes from the budget; null where the objective is on no journey");
    }
}
