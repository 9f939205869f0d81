using System.Net.Http.Json;

namespace SloPortal.Web.Tests.Access.Table;

internal static class ReviewRows
{
    private const Who Responders = (Who.People & ~Who.Auditor) | Who.WriteToken | Who.ViewersToken | Who.OwnersToken;

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("POST /api/v1/incidents/{number:int}/postmortem", Responders, async w => new($"/api/v1/incidents/{await IncidentAsync(w)}/postmortem")),
        new("POST /api/v1/postmortems", Responders, w => Task.FromResult(new Ask("/api/v1/postmortems", new { title = w.Slug("postmortem") }))),
        new("GET /api/v1/postmortems/{number:int}", Who.Readers, async w => new($"/api/v1/postmortems/{await BegunAsync(w)}")),
        new("PUT /api/v1/postmortems/{number:int}", Responders, async w => new($"/api/v1/postmortems/{await BegunAsync(w)}", new { baseRevision = 1, title = "T", summary = "", body = "New." })),
        new("PUT /api/v1/postmortems/{number:int}/facts", Responders, async w => new($"/api/v1/postmortems/{await BegunAsync(w)}/facts", new { services = Array.Empty<string>(), factors = Array.Empty<object>() })),
        new("GET /api/v1/postmortems/{number:int}/revisions", Who.Readers, async w => new($"/api/v1/postmortems/{await BegunAsync(w)}/revisions")),
        new("GET /api/v1/postmortems/{number:int}/revisions/{from:int}/{to:int}", Who.Readers, async w => new($"/api/v1/postmortems/{await BegunAsync(w)}/revisions/1/1")),
        new("POST /api/v1/postmortems/{number:int}/submit", Responders, async w => new($"/api/v1/postmortems/{await BegunAsync(w)}/submit")),
        // The administrator, also by token, wrote it.
        new("POST /api/v1/postmortems/{number:int}/approve", Responders & ~Who.Administrators, async w => new($"/api/v1/postmortems/{await SubmittedAsync(w)}/approve", new { revision = 1 })),
        new("POST /api/v1/postmortems/{number:int}/ask-for-changes", Responders, async w => new($"/api/v1/postmortems/{await SubmittedAsync(w)}/ask-for-changes", new { reason = "More." })),
        new("POST /api/v1/postmortems/{number:int}/publish", Responders, async w => new($"/api/v1/postmortems/{await ApprovedAsync(w)}/publish")),
        new("POST /api/v1/postmortems/{number:int}/take-back", Responders, async w => new($"/api/v1/postmortems/{await SubmittedAsync(w)}/take-back", new { reason = "Not yet." })),
        new("POST /api/v1/postmortems/{number:int}/comments", Responders, async w => new($"/api/v1/postmortems/{await BegunAsync(w)}/comments", new { body = "Good." })),
        new("POST /api/v1/postmortems/{number:int}/comments/{comment:guid}/settle", Responders, async w =>
        {
            var number = await BegunAsync(w);
            return new($"/api/v1/postmortems/{number}/comments/{(await w.DoAsync($"/postmortems/{number}/comments", new { body = "Good." })).GetGuid()}/settle");
        }),
    ];

    internal static async Task<int> BegunAsync(AccessWorld w) => (await w.DoAsync("/postmortems", new { title = w.Slug("postmortem") })).GetInt32();

    internal static async Task<int> IncidentAsync(AccessWorld w) => (await w.DoAsync("/incidents", new { title = w.Slug("incident"), severity = "sev3" })).GetInt32();

    private static async Task<int> SubmittedAsync(AccessWorld w)
    {
        var number = await BegunAsync(w);
        await w.DoAsync($"/postmortems/{number}/submit");
        return number;
    }

    private static async Task<int> ApprovedAsync(AccessWorld w)
    {
        var number = await SubmittedAsync(w);
        using var answer = await w.ClientOf(Who.Commander).PostAsJsonAsync($"/api/v1/postmortems/{number}/approve", new { revision = 1 }, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return number;
    }
}
