namespace SloPortal.Web.Tests.Access.Table;

internal static class WatchRows
{
    private const string Watch = "/api/v1/watch";

    // Of the service's team, of an owner, or with the role: what is put there anew belongs to the administrator who did it.
    private const Who Deciders = Who.Owner | Who.OwnersToken | Who.Commander | Who.Administrators;

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/watch", Who.Readers, "/api/v1/watch?state=watched&kind=byHand&service=checkout"),
        new("GET /api/v1/watch/{id:guid}", Who.Readers, async w => new($"{Watch}/{await AddedAsync(w)}")),
        new("POST /api/v1/watch", IncidentRows.Responders, Watch, Slow),
        new("POST /api/v1/watch/{id:guid}/owner", IncidentRows.Responders, async w => new($"{Watch}/{await AddedAsync(w)}/owner", new { clientKey = (string?)null })),
        new("POST /api/v1/watch/{id:guid}/extension", Deciders, async w => new($"{Watch}/{await AddedAsync(w)}/extension", new { until = DateTimeOffset.UtcNow.AddDays(20), why = "Until the vendor answers." })),
        new("POST /api/v1/watch/{id:guid}/dismissal", Deciders, async w => new($"{Watch}/{await AddedAsync(w)}/dismissal", new { reason = "It was a crawler." })),
        new("POST /api/v1/watch/{id:guid}/promotion", IncidentRows.Responders, async w => new($"{Watch}/{await AddedAsync(w)}/promotion", new { severity = "sev4" })),
    ];

    internal static object Slow => new { service = "checkout", title = "Slow searches", reason = "Two customers asked." };

    internal static async Task<Guid> AddedAsync(AccessWorld world) => (await world.DoAsync("/watch", Slow)).GetGuid();
}
