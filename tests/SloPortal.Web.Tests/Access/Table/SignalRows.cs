namespace SloPortal.Web.Tests.Access.Table;

internal static class SignalRows
{
    private const string Sources = "/api/v1/teams/shop/signal-sources";

    private static readonly object Alert = new { status = "firing", labels = new { alertname = "Disk", severity = "page", service = "checkout" }, annotations = new { summary = "Full", description = "It is full." }, startsAt = "2026-11-10T12:00:00Z", endsAt = "0001-01-01T00:00:00Z", generatorURL = "https://p/1" };

    private static readonly object CloudEvent = new { specversion = "1.0", id = "1", source = "/m", type = "a.fired", subject = "disk", time = "2026-11-10T12:00:00Z", data = new { title = "Full", severity = "error", labels = new { service = "checkout" } } };

    // Before the rows, which take it as they are made.
    internal static object Report { get; } = new { service = "checkout", what = "Paying fails.", reach = "several", since = (DateTimeOffset?)null };

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/signals", Who.Readers, "/api/v1/signals?state=firing&outcome=deduplicated"),
        new("GET /api/v1/signals/{id:guid}", Who.Readers, async w => new($"/api/v1/signals/{await ReportedAsync(w)}")),
        new("POST /api/v1/signals/reports", IncidentRows.Responders, "/api/v1/signals/reports", Report),
        new("GET /api/v1/teams/{team}/signal-sources", Who.Readers, Sources),
        new("POST /api/v1/teams/{team}/signal-sources", Who.Team, w => Task.FromResult(new Ask(Sources, Source(w, "gitHub")))),
        new("PUT /api/v1/teams/{team}/signal-sources/{id:guid}", Who.Team, async w => new($"{Sources}/{(await AddedAsync(w, "gitHub")).Id}", new { name = w.Slug("renamed"), service = "checkout", serviceLabel = "app", secret = "another secret" })),
        new("POST /api/v1/teams/{team}/signal-sources/{id:guid}/key", Who.Team, async w => new($"{Sources}/{(await AddedAsync(w, "grafana")).Id}/key")),
        new("DELETE /api/v1/teams/{team}/signal-sources/{id:guid}", Who.Team, async w => new($"{Sources}/{(await AddedAsync(w, "grafana")).Id}")),

        // Whoever shows the key of a source is heard.
        Keyed("alertmanager", "alertmanager", new { version = "4", status = "firing", alerts = new[] { Alert } }),
        Keyed("grafana", "grafana", new { status = "firing", alerts = new[] { Alert } }),
        Keyed("cloudEvents", "cloudevents", CloudEvent),
        Keyed("gitHub", "github", new { action = "created", deployment_status = new { id = 1, state = "success" } }),
        Keyed("gitLab", "gitlab", new { object_kind = "deployment", status = "running" }),
        new("OPTIONS /in/{key}/cloudevents", Who.Everybody, async w => new($"/in/{(await AddedAsync(w, "cloudEvents")).Key}/cloudevents")),
    ];

    internal static async Task<Guid> ReportedAsync(AccessWorld world) => (await world.DoAsync("/signals/reports", Report)).GetGuid();

    private static AccessRow Keyed(string kind, string address, object body) =>
        new($"POST /in/{{key}}/{address}", Who.Everybody, async w => new($"/in/{(await AddedAsync(w, kind)).Key}/{address}", body));

    private static object Source(AccessWorld world, string kind) => new { kind, name = world.Slug("source"), service = kind.StartsWith("git", StringComparison.Ordinal) ? "checkout" : null };

    private static async Task<(Guid Id, string Key)> AddedAsync(AccessWorld world, string kind)
    {
        var made = await world.DoAsync("/teams/shop/signal-sources", Source(world, kind));
        return (made.GetProperty("id").GetGuid(), made.GetProperty("key").GetString()!);
    }
}
