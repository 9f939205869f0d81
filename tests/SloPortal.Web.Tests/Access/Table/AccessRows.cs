namespace SloPortal.Web.Tests.Access.Table;

internal static class AccessRows
{
    public static IReadOnlyList<AccessRow> All { get; } =
    [
        // Whatever its scope, a token may be asked whose it is.
        new("GET /api/v1/me", Who.SignedIn, "/api/v1/me"),

        new("GET /api/v1/people", Who.Readers, "/api/v1/people"),
        new("GET /api/v1/people/{id:guid}", Who.Readers, async w => new($"/api/v1/people/{await w.PersonAsync()}")),
        new("PUT /api/v1/people/{id:guid}/roles", Who.Administrators, async w => new($"/api/v1/people/{await w.PersonAsync()}/roles", new { roles = new[] { "auditor" } })),
        new("PUT /api/v1/people/{id:guid}/teams", Who.Administrators, async w => new($"/api/v1/people/{await w.PersonAsync()}/teams", new { teams = new[] { "shop" } })),
        new("POST /api/v1/people/{id:guid}/close", Who.Administrators, async w => new($"/api/v1/people/{await w.PersonAsync()}/close")),
        new("POST /api/v1/people/{id:guid}/reopen", Who.Administrators, async w => new($"/api/v1/people/{await w.PersonAsync(closed: true)}/reopen")),

        new("GET /api/v1/teams", Who.Readers, "/api/v1/teams"),
        new("POST /api/v1/teams", Who.Administrators, w => Task.FromResult(new Ask("/api/v1/teams", new { slug = w.Slug("team"), name = w.Slug("Team"), description = "" }))),
        new("GET /api/v1/teams/{slug}", Who.Readers, "/api/v1/teams/shop"),
        new("PUT /api/v1/teams/{slug}", Who.Administrators, async w => await w.TeamAsync() is var team ? new($"/api/v1/teams/{team}", new { slug = team, name = w.Slug("Renamed"), description = "" }) : null!),
        new("PUT /api/v1/teams/{slug}/members/{person:guid}", Who.Administrators, async w => new($"/api/v1/teams/shop/members/{await w.PersonAsync()}")),
        new("DELETE /api/v1/teams/{slug}/members/{person:guid}", Who.Administrators, async w => new($"/api/v1/teams/shop/members/{await w.PersonAsync(member: true)}")),

        new("GET /api/v1/tokens", Who.Readers, "/api/v1/tokens"),
        // A token makes no tokens.
        new("POST /api/v1/tokens", Who.People, "/api/v1/tokens", new { name = "more", scopes = new[] { "read" }, days = 1 }),
        new("DELETE /api/v1/tokens/{id:guid}", Who.Administrators, async w => new($"/api/v1/tokens/{await w.TokenAsync()}")) { HiddenFrom = Who.People },

        new("GET /api/v1/invitations", Who.Administrator | Who.ReadToken, "/api/v1/invitations"),
        new("POST /api/v1/invitations", Who.Administrators, w => Task.FromResult(new Ask("/api/v1/invitations", new { email = w.Slug("guest") + "@example.com", roles = new[] { "viewer" }, teams = Array.Empty<string>() }))),
        new("DELETE /api/v1/invitations/{id:guid}", Who.Administrators, async w => new($"/api/v1/invitations/{await w.InvitationAsync()}")),
    ];
}
