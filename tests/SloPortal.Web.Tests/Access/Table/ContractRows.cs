namespace SloPortal.Web.Tests.Access.Table;

internal static class ContractRows
{
    private static readonly object Stretch = new { from = "2026-09-05T01:00:00Z", to = "2026-09-05T02:00:00Z", reason = "Announced on 1 September." };

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/contracts", Who.Readers, "/api/v1/contracts"),
        new("POST /api/v1/contracts", Who.Team, w => Task.FromResult(new Ask("/api/v1/contracts", Contract(w)))),
        new("GET /api/v1/contracts/{id:int}", Who.Readers, async w => new($"/api/v1/contracts/{await EnteredAsync(w)}")),
        new("POST /api/v1/contracts/{id:int}/end", Who.Team, async w => new($"/api/v1/contracts/{await EnteredAsync(w)}/end", new { lastDay = "2026-12-31", reason = "They left." })),
        new("POST /api/v1/contracts/{id:int}/exclusions", Who.Team, async w => new($"/api/v1/contracts/{await EnteredAsync(w)}/exclusions", Stretch)),
        new("POST /api/v1/contracts/{id:int}/exclusions/{exclusion:guid}/withdraw", Who.Team, async w =>
        {
            var id = await EnteredAsync(w);
            var exclusion = (await w.DoAsync($"/contracts/{id}/exclusions", Stretch)).GetString();
            return new($"/api/v1/contracts/{id}/exclusions/{exclusion}/withdraw", new { reason = "It was not announced in time." });
        }),
    ];

    internal static async Task<int> EnteredAsync(AccessWorld w) => (await w.DoAsync("/contracts", Contract(w))).GetInt32();

    private static object Contract(AccessWorld w) => new
    {
        customer = w.Slug("customer"), service = "checkout", sli = "orders", targetPercent = 99.5, window = "calendar month Europe/Berlin", from = "2026-01-01",
        currency = "EUR", periodFee = 1000, tiers = new[] { new { belowPercent = 99.5, creditPercent = 10 } },
    };
}
