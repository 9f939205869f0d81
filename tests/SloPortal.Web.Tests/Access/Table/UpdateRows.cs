namespace SloPortal.Web.Tests.Access.Table;

internal static class UpdateRows
{
    private const string Pages = "/api/v1/status-pages";

    private static readonly object[] Services = [new { service = "checkout", name = "Orders" }];

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/status-pages", Who.Readers, Pages),
        new("POST /api/v1/status-pages", Who.Administrators, w => Task.FromResult(new Ask(Pages, new { slug = w.Slug("status"), title = "Shop", audience = "everybody", services = Services }))),
        new("PUT /api/v1/status-pages/{slug}", Who.Administrators, async w => new($"{Pages}/{await PageAsync(w)}", new { title = "Shop", audience = "everybody", services = Services })),
        new("POST /api/v1/status-pages/{slug}/key", Who.Administrators, async w => new($"{Pages}/{await PageAsync(w)}/key")),
        new("POST /api/v1/status-pages/{slug}/archive", Who.Administrators, async w => new($"{Pages}/{await PageAsync(w)}/archive")),
        new("GET /api/v1/status-pages/{slug}/subscribers", Who.Administrators, async w => new($"{Pages}/{await PageAsync(w)}/subscribers")),
        new("DELETE /api/v1/status-pages/{slug}/subscribers/{id:guid}", Who.Administrators, async w => new($"{Pages}/{await PageAsync(w)}/subscribers/{Guid.Empty}")) { Answer = System.Net.HttpStatusCode.NotFound },

        new("GET /api/v1/incidents/updates-due", Who.Readers, "/api/v1/incidents/updates-due?incident=1"),
        new("GET /api/v1/incidents/{number:int}/updates", Who.Readers, async w => new($"/api/v1/incidents/{await IncidentRows.DeclareAsync(w)}/updates")),
        new("GET /api/v1/incidents/{number:int}/updates/draft", Who.Readers, async w => new($"/api/v1/incidents/{await IncidentRows.DeclareAsync(w)}/updates/draft")),
        new("POST /api/v1/incidents/{number:int}/updates", IncidentRows.Responders, async w => new($"/api/v1/incidents/{await IncidentRows.DeclareAsync(w)}/updates", Update())),
        // The administrator wrote it, so they alone write it anew, and everybody but them approves.
        new("PUT /api/v1/incidents/{number:int}/updates/{id:guid}", Who.Administrators, async w => new(await WrittenAsync(w), new { update = Update() })),
        new("POST /api/v1/incidents/{number:int}/updates/{id:guid}/approve", Who.Commander, async w => new(await WrittenAsync(w) + "/approve")),
        new("POST /api/v1/incidents/{number:int}/updates/{id:guid}/send-back", Who.Commander | Who.Administrators, async w => new(await WrittenAsync(w) + "/send-back", new { reason = "Name the region." })),
        new("POST /api/v1/incidents/{number:int}/updates/{id:guid}/withdraw", Who.Commander | Who.Administrators, async w => new(await WrittenAsync(w) + "/withdraw")),
    ];

    private static object Update(params string[] pages) => new { state = "investigating", title = "Orders fail", body = "We look into it.", statusPages = pages };

    private static async Task<string> PageAsync(AccessWorld world) =>
        (await world.DoAsync("/status-pages", new { slug = world.Slug("status"), title = "Shop", audience = "byLink", services = Services })).GetProperty("slug").GetString()!;

    private static async Task<string> WrittenAsync(AccessWorld world)
    {
        var incident = await IncidentRows.DeclareAsync(world);
        var written = await world.DoAsync($"/incidents/{incident}/updates", Update(await PageAsync(world)));
        return $"/api/v1/incidents/{incident}/updates/{written.GetProperty("id").GetGuid()}";
    }
}
