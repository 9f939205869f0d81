namespace SloPortal.Web.Tests.Access.Table;

internal static class PortfolioRows
{
    private static readonly object Decision = new { tier = "critical", promise = "slo", rationale = "The board looks at it." };

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/portfolio", Who.Readers, "/api/v1/portfolio"),
        new("GET /api/v1/scorecard", Who.Readers, "/api/v1/scorecard"),
        new("PUT /api/v1/scorecard", Who.Administrators, async w =>
        {
            var view = await w.ReadAsync("/scorecard");
            return new("/api/v1/scorecard", new { card = view.GetProperty("card"), reason = "Looked at.", version = view.GetProperty("version").GetUInt32() });
        }),
        new("GET /api/v1/services/{slug}/score", Who.Readers, "/api/v1/services/checkout/score"),
        new("PUT /api/v1/services/{slug}/impact", Who.Team, async w => new($"/api/v1/services/{await w.ServiceAsync()}/impact", new { revenuePerHour = 100, currency = "EUR", users = 5, frameworks = new[] { "GDPR" }, contracts = 1 })),
        new("PUT /api/v1/services/{slug}/override", Who.Team, async w => new($"/api/v1/services/{await w.ServiceAsync()}/override", Decision)),
        new("DELETE /api/v1/services/{slug}/override", Who.Team, async w =>
        {
            var service = await w.ServiceAsync();
            await w.PutAsync($"/services/{service}/override", Decision);
            return new($"/api/v1/services/{service}/override");
        }),
    ];
}
