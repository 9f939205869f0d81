using System.Net;
using SloPortal.Domain.Budgets;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Access.Table;

internal static class BudgetRows
{
    private const string Targets = "/api/v1/teams/shop/notification-targets";

    private const string Labels = "/api/v1/objectives/checkout/orders/alert-labels";

    private static readonly object Label = new { from = "2026-01-05T10:00:00Z", to = "2026-01-05T11:00:00Z", kind = "shouldPage", reason = "We were down." };

    private static readonly object[] Rules = [new { severity = "page", longMinutes = 60, shortMinutes = 5, budgetSpentPercent = 2, minimumEvents = 10 }];

    private static object Gap => new { reason = "Nobody compares it.", reviewOn = DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), password = PortalHost.AdminPassword };

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/objectives", Who.Readers, "/api/v1/objectives"),
        new("GET /api/v1/coverage", Who.Readers, "/api/v1/coverage"),
        new("POST /api/v1/journeys", Who.Team, w => Task.FromResult(new Ask("/api/v1/journeys", AccessWorld.Journey(w.Slug("journey"))))),
        new("PUT /api/v1/journeys/{slug}", Who.Team, async w =>
        {
            var slug = await w.JourneyAsync();
            var version = (await w.ReadAsync("/coverage")).GetProperty("journeys").EnumerateArray().Single(j => j.GetProperty("slug").GetString() == slug).GetProperty("version").GetUInt32();
            return new($"/api/v1/journeys/{slug}", new { name = "Renamed", steps = "", ownerTeam = "shop", services = new[] { "checkout" }, position = 1, version });
        }),
        new("POST /api/v1/journeys/{slug}/archive", Who.Team, async w => new($"/api/v1/journeys/{await w.JourneyAsync()}/archive")),
        new("GET /api/v1/journeys/{slug}/slis", Who.Readers, async w => new($"/api/v1/journeys/{await w.JourneyAsync()}/slis")),
        new("PUT /api/v1/journeys/{slug}/covers/{failure}", Who.Team, async w => new($"/api/v1/journeys/{await w.JourneyAsync()}/covers/error", new { slis = new[] { w.OrdersSli } })),
        // A signature is a person's, who shows once more that it is them.
        new("PUT /api/v1/journeys/{slug}/gaps/{failure}", Who.Owner | Who.Administrator, async w => new($"/api/v1/journeys/{await w.JourneyAsync()}/gaps/wrong", Gap)),
        new("DELETE /api/v1/journeys/{slug}/gaps/{failure}", Who.Team, async w =>
        {
            var slug = await w.JourneyAsync();
            await w.PutAsync($"/journeys/{slug}/gaps/wrong", Gap);
            return new($"/api/v1/journeys/{slug}/gaps/wrong");
        }),
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
