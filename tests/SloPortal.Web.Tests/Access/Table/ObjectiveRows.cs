namespace SloPortal.Web.Tests.Access.Table;

internal static class ObjectiveRows
{
    private static readonly object Reason = new { reason = "Because." };

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/objectives/export", Who.Owner | Who.OtherOwner | Who.Commander | Who.Auditor | Who.Administrator | Who.ReadToken | Who.OwnersToken, "/api/v1/objectives/export?form=openSlo"),
        // Each object is asked about for its own team; what one may not change is refused in the answer.
        new("POST /api/v1/objectives/import", Who.Owner | Who.OtherOwner | Who.OwnersToken | Who.Administrators, "/api/v1/objectives/import", new { dryRun = true, files = new[] { new { name = "a.yaml", text = "apiVersion: openslo/v1" } } }),
        new("GET /api/v1/objectives/in-force", Who.Readers, "/api/v1/objectives/in-force"),
        new("POST /api/v1/objectives", Who.Team, w => Task.FromResult(new Ask("/api/v1/objectives", w.Objective(w.Slug("objective"))))),
        new("GET /api/v1/objectives/{service}/{slug}", Who.Readers, "/api/v1/objectives/checkout/orders"),
        new("GET /api/v1/objectives/{service}/{slug}/agreements", Who.Readers, "/api/v1/objectives/checkout/orders/agreements"),
        new("PUT /api/v1/objectives/{service}/{slug}", Who.Team, async w => new($"/api/v1/objectives/checkout/{(await w.ProposeAsync()).Objective}", new { name = "Renamed", description = "" })),
        new("POST /api/v1/objectives/{service}/{slug}/archive", Who.Team, async w => new($"/api/v1/objectives/checkout/{await w.WithdrawnAsync()}/archive", Reason)),
        new("POST /api/v1/objectives/{service}/{slug}/proposals", Who.Team, async w => new($"/api/v1/objectives/checkout/{await w.WithdrawnAsync()}/proposals", w.Terms())),
        // None of the seeded ones is managed by a file, which those who may are told.
        new("POST /api/v1/objectives/{service}/{slug}/release", Who.Team, async w => new($"/api/v1/objectives/checkout/{await w.WithdrawnAsync()}/release", new { })) { Answer = System.Net.HttpStatusCode.Conflict },

        new("GET /api/v1/proposals", Who.Readers, "/api/v1/proposals"),
        new("POST /api/v1/proposals/methods", Who.Readers, "/api/v1/proposals/methods", new { service = "checkout", sli = "orders", targetPercent = 99, window = "rolling 7d" }),
        new("POST /api/v1/proposals/preview", Who.Readers, "/api/v1/proposals/preview", new { service = "checkout", sli = "orders", targetPercent = 99, window = "rolling 7d" }),
        new("GET /api/v1/proposals/{id:guid}", Who.Readers, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}")),
        // The owner and, as stakeholder, the viewer are named; neither role nor token stands in for them.
        new("POST /api/v1/proposals/{id:guid}/sign", Who.Owner | Who.Viewer, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/sign", Reason)),
        new("POST /api/v1/proposals/{id:guid}/reject", Who.Owner | Who.Viewer, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/reject", Reason)),
        new("POST /api/v1/proposals/{id:guid}/withdraw", Who.Team, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/withdraw", Reason)),
    ];
}
