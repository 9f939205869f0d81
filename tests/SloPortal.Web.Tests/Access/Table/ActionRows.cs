namespace SloPortal.Web.Tests.Access.Table;

internal static class ActionRows
{
    private const Who Responders = (Who.People & ~Who.Auditor) | Who.WriteToken | Who.ViewersToken | Who.OwnersToken;
    private const Who Changers = Who.Team | Who.Commander;

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/actions", Who.Readers, "/api/v1/actions"),
        new("POST /api/v1/actions", Responders, w => Task.FromResult(new Ask("/api/v1/actions", Action(w)))),
        new("GET /api/v1/actions/{number:int}", Who.Readers, async w => new($"/api/v1/actions/{await OpenAsync(w)}")),
        new("PUT /api/v1/actions/{number:int}", Changers, async w => new($"/api/v1/actions/{await OpenAsync(w)}", Action(w))),
        new("POST /api/v1/actions/{number:int}/begin", Changers, async w => new($"/api/v1/actions/{await OpenAsync(w)}/begin")),
        new("POST /api/v1/actions/{number:int}/complete", Changers, async w => new($"/api/v1/actions/{await OpenAsync(w)}/complete", new { proofUrl = "https://example.com/1", outcome = "Tested." })),
        new("POST /api/v1/actions/{number:int}/drop", Changers, async w => new($"/api/v1/actions/{await OpenAsync(w)}/drop", new { reason = "Not needed." })),
        new("POST /api/v1/actions/{number:int}/reopen", Changers, async w =>
        {
            var number = await OpenAsync(w);
            await w.DoAsync($"/actions/{number}/drop", new { reason = "Not needed." });
            return new($"/api/v1/actions/{number}/reopen", new { reason = "Needed." });
        }),
    ];

    internal static async Task<int> OpenAsync(AccessWorld w) => (await w.DoAsync("/actions", Action(w))).GetInt32();

    private static object Action(AccessWorld w) => new { title = w.Slug("action"), team = "shop", dueOn = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(7) };
}
