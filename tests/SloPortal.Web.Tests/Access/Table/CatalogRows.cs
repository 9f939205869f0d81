namespace SloPortal.Web.Tests.Access.Table;

internal static class CatalogRows
{
    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/services", Who.Readers, "/api/v1/services"),
        new("POST /api/v1/services", Who.Team, w => Task.FromResult(new Ask("/api/v1/services", AccessWorld.Service(w.Slug("service"))))),
        new("GET /api/v1/services/{slug}", Who.Readers, "/api/v1/services/checkout"),
        new("PUT /api/v1/services/{slug}", Who.Team, async w =>
        {
            var slug = await w.ServiceAsync();
            var version = (await w.ReadAsync($"/services/{slug}")).GetProperty("version").GetUInt32();
            return new($"/api/v1/services/{slug}", new { slug, name = "Renamed", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>(), version });
        }),
        new("POST /api/v1/services/{slug}/archive", Who.Team, async w => new($"/api/v1/services/{await w.ServiceAsync()}/archive")),
        new("POST /api/v1/services/{slug}/restore", Who.Team, async w =>
        {
            var slug = await w.ServiceAsync();
            await w.DoAsync($"/services/{slug}/archive");
            return new($"/api/v1/services/{slug}/restore");
        }),
    ];
}
