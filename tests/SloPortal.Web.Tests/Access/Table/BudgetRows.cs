using System.Net;
using SloPortal.Domain.Budgets;

namespace SloPortal.Web.Tests.Access.Table;

internal static class BudgetRows
{
    private const string Targets = "/api/v1/teams/shop/notification-targets";

    private const string Labels = "/api/v1/objectives/checkout/orders/alert-labels";

    private static readonly object Label = new { from = "2026-01-05T10:00:00Z", to = "2026-01-05T11:00:00Z", kind = "shouldPage", reason = "We were down." };

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

        new("POST /api/v1/alert-policies/{id:guid}/back-tests", Who.Readers, $"/api/v1/alert-policies/{StoredAlertPolicy.DefaultId}/back-tests", new { rules = Rules, days = 30 }),
        new("GET /api/v1/objectives/{service}/{slug}/alert-sweep", Who.Readers, "/api/v1/objectives/checkout/orders/alert-sweep?days=30"),
        new("GET /api/v1/objectives/{service}/{slug}/alert-labels", Who.Readers, Labels),
        new("POST /api/v1/objectives/{service}/{slug}/alert-labels", Who.Team, Labels, Label),
        new("DELETE /api/v1/objectives/{service}/{slug}/alert-labels/{id:guid}", Who.Team, async w =>
            new($"{Labels}/{(await w.DoAsync("/objectives/checkout/orders/alert-labels", Label)).GetGuid()}")),

        new("GET /api/v1/teams/{team}/notification-targets", Who.Readers, Targets),
        new("POST /api/v1/teams/{team}/notification-targets", Who.Team, Targets, AccessWorld.Target),
        new("DELETE /api/v1/teams/{team}/notification-targets/{id:guid}", Who.Team, async w => new($"{Targets}/{await w.TargetAsync()}")),
        // No mail server is configured, which only who may send is told.
        new("POST /api/v1/teams/{team}/notification-targets/{id:guid}/test", Who.Team, async w => new($"{Targets}/{await w.TargetAsync()}/test")) { Answer = HttpStatusCode.Conflict },
    ];
}
