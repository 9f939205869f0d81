namespace SloPortal.Web.Tests.Access.Table;

internal static class EscalationRows
{
    private const string Policies = "/api/v1/escalation-policies";

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/pages", Who.Readers, "/api/v1/pages?state=open"),
        new("GET /api/v1/pages/fatigue", Who.Readers, "/api/v1/pages/fatigue?team=shop"),
        new("GET /api/v1/pages/{number:int}", Who.Readers, async w => new($"/api/v1/pages/{await OpenAsync(w)}")),
        new("POST /api/v1/pages/{number:int}/acknowledge", IncidentRows.Responders, async w => new($"/api/v1/pages/{await OpenAsync(w)}/acknowledge")),
        new("POST /api/v1/pages/{number:int}/resolve", IncidentRows.Responders, async w => new($"/api/v1/pages/{await OpenAsync(w)}/resolve", new { note = "A load test." })),
        new("POST /api/v1/pages/test", Who.Team, async w => new("/api/v1/pages/test", new { policy = await PolicyAsync(w) })),

        new("GET /api/v1/pager", Who.Readers, "/api/v1/pager"),
        new("PUT /api/v1/pager/heartbeat", Who.Administrators, "/api/v1/pager/heartbeat", new { address = "https://watch.example.com/beat" }),

        new("GET /api/v1/ways", Who.People, "/api/v1/ways"),
        new("POST /api/v1/ways", Who.People, "/api/v1/ways", new { channel = "mail", address = "me@example.com", delayMinutes = 2 }),
        // Of somebody else: whoever may remove their own is told that there is none.
        new("DELETE /api/v1/ways/{id:guid}", Who.People, $"/api/v1/ways/{Guid.Empty}") { Answer = System.Net.HttpStatusCode.NotFound },

        new("GET /api/v1/escalation-policies", Who.Readers, Policies),
        new("POST /api/v1/escalation-policies", Who.Team, async w => new(Policies, await GivenAsync(w))),
        new("PUT /api/v1/escalation-policies/{id:guid}", Who.Team, async w => new($"{Policies}/{await PolicyAsync(w)}", await GivenAsync(w))),
        new("DELETE /api/v1/escalation-policies/{id:guid}", Who.Team, async w => new($"{Policies}/{await PolicyAsync(w)}")),
        new("GET /api/v1/teams/{team}/paging-rules", Who.Readers, "/api/v1/teams/shop/paging-rules"),
        new("POST /api/v1/teams/{team}/paging-rules/replay", Who.Readers, "/api/v1/teams/shop/paging-rules/replay", new { rules = Array.Empty<object>(), days = 7 }),
        new("PUT /api/v1/teams/{team}/paging-rules", Who.Team, async w => new("/api/v1/teams/shop/paging-rules", new { rules = new[] { new { minimumSeverity = "critical", service = "checkout", action = "page", policy = await PolicyAsync(w) } } })),

        new("GET /api/v1/silences", Who.Readers, "/api/v1/silences?state=active"),
        new("POST /api/v1/silences", Who.Team | Who.Commander, "/api/v1/silences", Silence),
        new("POST /api/v1/silences/try", Who.Readers, "/api/v1/silences/try", new { team = "shop", service = "checkout" }),
        new("PUT /api/v1/silences/{id:guid}/end", Who.Team | Who.Commander, async w => new($"/api/v1/silences/{await SilencedAsync(w)}/end", new { endsAt = DateTimeOffset.UtcNow.AddHours(2) })),
        new("DELETE /api/v1/silences/{id:guid}", Who.Team | Who.Commander, async w => new($"/api/v1/silences/{await SilencedAsync(w)}")),

        // Whoever shows the link of a message is heard; this one was changed on its way.
        new("POST /answer/{token}/push", Who.Everybody, "/answer/changed/push") { Answer = System.Net.HttpStatusCode.Conflict },
    ];

    private static object Silence => new
    {
        team = "shop",
        service = "checkout",
        conditions = new[] { new { label = "instance", comparison = "matches", value = "db-.*" } },
        endsAt = DateTimeOffset.UtcNow.AddHours(1),
        reason = "The disks are exchanged.",
    };

    private static async Task<Guid> SilencedAsync(AccessWorld world) => (await world.DoAsync("/silences", Silence)).GetGuid();

    internal static async Task<int> OpenAsync(AccessWorld world) => (await world.DoAsync("/pages/test", new { policy = await PolicyAsync(world) })).GetInt32();

    private static async Task<Guid> PolicyAsync(AccessWorld world) => (await world.DoAsync("/escalation-policies", await GivenAsync(world))).GetGuid();

    private static async Task<object> GivenAsync(AccessWorld world) =>
        new { team = "shop", name = world.Slug("policy"), repeats = 1, levels = new[] { new { minutes = 5, targets = new[] { new { kind = "person", id = await world.PersonAsync(member: true) } } } } };
}
