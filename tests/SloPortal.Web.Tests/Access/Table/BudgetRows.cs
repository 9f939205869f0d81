using System.Net;

namespace SloPortal.Web.Tests.Access.Table;

internal static class BudgetRows
{
    private const string Targets = "/api/v1/teams/shop/notification-targets";

    private static readonly object[] Rules = [new { severity = "page", longMinutes = 60, shortMinutes = 5, budgetSpentPercent = 2, minimumEvents = 10 }];

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/objectives", Who.Readers, "/api/v1/objectives"),
        new("GET /api/v1/objectives/{service}/{slug}/standing", Who.Readers, "/api/v1/objectives/checkout/orders/standing"),
        new("GET /api/v1/objectives/{service}/{slug}/contributions", Who.Readers, "/api/v1/objectives/checkout/orders/contributions"),
        new("GET /api/v1/objectives/{service}/{slug}/story", Who.Readers, "/api/v1/objectives/checkout/orders/story?range=7d"),

        new("GET /api/v1/alerts", Who.Readers, "/api/v1/alerts"),
        new("GET /api/v1/alert-policies", Who.Readers, "/api/v1/alert-policies"),
        new("PUT /api/v1/alert-policies/{id:guid}", Who.Administrators, async w =>
            new($"/api/v1/alert-policies/{(await w.ReadAsync("/alert-policies"))[0].GetProperty("id").GetGuid()}", new { source = "Ours.", rules = Rules })),

        new("GET /api/v1/teams/{team}/notification-targets", Who.Readers, Targets),
        new("POST /api/v1/teams/{team}/notification-targets", Who.Team, Targets, AccessWorld.Target),
        new("DELETE /api/v1/teams/{team}/notification-targets/{id:guid}", Who.Team, async w => new($"{Targets}/{await w.TargetAsync()}")),
        // No mail server is configured, which only who may send is told.
        new("POST /api/v1/teams/{team}/notification-targets/{id:guid}/test", Who.Team, async w => new($"{Targets}/{await w.TargetAsync()}/test")) { Answer = HttpStatusCode.Conflict },
    ];
}
