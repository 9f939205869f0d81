namespace SloPortal.Web.Tests.Access.Table;

internal static class IncidentRows
{
    private const string Incidents = "/api/v1/incidents";

    /// <summary>Whoever may change something at all.</summary>
    internal const Who Responders = Who.Viewer | Who.Owner | Who.OtherOwner | Who.Commander | Who.Administrator | Who.WriteToken | Who.ViewersToken | Who.OwnersToken;

    private const Who Commanders = Who.Commander | Who.Administrators;

    private static readonly object Declaration = new { title = "Checkout fails", severity = "sev2", services = new[] { "checkout" } };

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/objectives/{service}/{slug}/bill", Who.Readers, "/api/v1/objectives/checkout/orders/bill"),
        new("GET /api/v1/notices", Who.Readers, "/api/v1/notices"),
        new("POST /api/v1/notices/read", Who.People, "/api/v1/notices/read", new { }),

        new("GET /api/v1/incidents", Who.Readers, Incidents + "?severity=sev2&open=true"),
        new("POST /api/v1/incidents", Responders, Incidents, Declaration),
        new("GET /api/v1/incidents/{number:int}", Who.Readers, async w => new($"{Incidents}/{await DeclareAsync(w)}")),
        new("POST /api/v1/incidents/{number:int}/status", Commanders, async w => new($"{Incidents}/{await DeclareAsync(w)}/status", new { status = "acknowledged" })),
        new("POST /api/v1/incidents/{number:int}/severity", Commanders, async w => new($"{Incidents}/{await DeclareAsync(w)}/severity", new { severity = "sev1", reason = "Worse." })),
        new("POST /api/v1/incidents/{number:int}/war-room", Commanders, async w => new($"{Incidents}/{await DeclareAsync(w)}/war-room", new { })),
        new("GET /api/v1/incidents/{number:int}/war-room", Who.Readers, async w => new($"{Incidents}/{await DeclareAsync(w)}/war-room")),
        new("POST /api/v1/incidents/{number:int}/war-room/close", Commanders, async w => new($"{Incidents}/{await MeetAsync(w)}/war-room/close", new { })),
        new("PUT /api/v1/incidents/{number:int}/war-room/call-link", Commanders, async w => new($"{Incidents}/{await MeetAsync(w)}/war-room/call-link", new { link = "https://meet.example.com/1" })),
        new("GET /api/v1/incidents/{number:int}/triage", Who.Readers, async w => new($"{Incidents}/{await DeclareAsync(w)}/triage")),
        new("POST /api/v1/incidents/{number:int}/triage", Commanders, async w => new($"{Incidents}/{await DeclareAsync(w)}/triage")),
        new("POST /api/v1/incidents/{number:int}/tasks", Responders, async w => new($"{Incidents}/{await DeclareAsync(w)}/tasks", new { title = "Look at the queue" })),
        new("PUT /api/v1/incidents/{number:int}/tasks/{task:guid}/assignee", Responders, async w => new($"{await TaskAsync(w)}/assignee", new { person = await w.PersonAsync() })),
        new("PUT /api/v1/incidents/{number:int}/tasks/{task:guid}/state", Responders, async w => new($"{await TaskAsync(w)}/state", new { state = "done" })),
        new("PUT /api/v1/incidents/{number:int}/roles/{role}", Commanders, async w => new($"{Incidents}/{await DeclareAsync(w)}/roles/scribe", new { person = await w.PersonAsync() })),
        new("PUT /api/v1/incidents/{number:int}/impact", Responders, async w => new($"{Incidents}/{await DeclareAsync(w)}/impact", new { startedAt = DateTimeOffset.UtcNow.AddMinutes(-5), usersAffected = 7, confirmUnusualTime = true })),
        new("PUT /api/v1/incidents/{number:int}/description", Responders, async w => new($"{Incidents}/{await DeclareAsync(w)}/description", new { title = "Payments fail" })),
        new("PUT /api/v1/incidents/{number:int}/affected", Responders, async w => new($"{Incidents}/{await DeclareAsync(w)}/affected", new { services = Array.Empty<string>(), objectives = Array.Empty<object>() })),
        new("POST /api/v1/incidents/{number:int}/merge", Commanders, async w => new($"{Incidents}/{await DeclareAsync(w)}/merge", new { into = await DeclareAsync(w) })),
        new("PUT /api/v1/incidents/{number:int}/restriction", Commanders, async w => new($"{Incidents}/{await DeclareAsync(w)}/restriction", new { readers = Array.Empty<Guid>() })),
        // It is not restricted, which only who may lift is told.
        new("POST /api/v1/incidents/{number:int}/restriction/lift", Commanders, async w => new($"{Incidents}/{await DeclareAsync(w)}/restriction/lift", new { reason = "Over." })) { Answer = System.Net.HttpStatusCode.Conflict },

        new("GET /api/v1/incident-proposals", Who.Readers, "/api/v1/incident-proposals"),
        new("POST /api/v1/incident-proposals/{id:guid}/confirm", Commanders, async w => new($"/api/v1/incident-proposals/{await w.ProposedIncidentAsync()}/confirm", new { severity = "sev1" })),
        new("POST /api/v1/incident-proposals/{id:guid}/decline", Commanders, async w => new($"/api/v1/incident-proposals/{await w.ProposedIncidentAsync()}/decline", new { reason = "A load test." })),

        new("GET /api/v1/decision-policy", Who.Readers, "/api/v1/decision-policy"),
        // It was changed since, which only who may change it is told.
        new("PUT /api/v1/decision-policy", Who.Administrators, "/api/v1/decision-policy", new { rows = Array.Empty<object>(), note = "We learnt.", version = 0 }) { Answer = System.Net.HttpStatusCode.Conflict },
        new("POST /api/v1/decision-policy/try", Who.Administrators, "/api/v1/decision-policy/try", new { rows = Array.Empty<object>() }),
        new("GET /api/v1/incident-decisions", Who.Readers, "/api/v1/incident-decisions?days=30&outcome=up"),

        new("GET /api/v1/war-room-plan", Who.Readers, "/api/v1/war-room-plan"),
        // It was changed since, which only who may change it is told.
        new("PUT /api/v1/war-room-plan", Who.Administrators, "/api/v1/war-room-plan", new { checklists = Array.Empty<object>(), version = 0 }) { Answer = System.Net.HttpStatusCode.Conflict },

        new("GET /api/v1/severity-levels", Who.Readers, "/api/v1/severity-levels"),
        new("PUT /api/v1/severity-levels/{severity}", Who.Administrators, "/api/v1/severity-levels/sev4", new { name = "Low", criteria = "Hardly noticed.", source = "Ours." }),
    ];

    private static async Task<int> MeetAsync(AccessWorld world)
    {
        var number = await DeclareAsync(world);
        await world.DoAsync($"/incidents/{number}/war-room", new { });
        return number;
    }

    private static async Task<string> TaskAsync(AccessWorld world)
    {
        var number = await DeclareAsync(world);
        await world.DoAsync($"/incidents/{number}/tasks", new { title = "Look at the queue" });
        var room = await world.ReadAsync($"/incidents/{number}/war-room");
        return $"{Incidents}/{number}/tasks/{room.GetProperty("tasks")[0].GetProperty("id").GetGuid()}";
    }

    internal static async Task<int> DeclareAsync(AccessWorld world) => (await world.DoAsync("/incidents", Declaration)).GetInt32();
}
