using System.Text.Json;

namespace SloPortal.Web.Tests.Access.Table;

internal static class DependencyRows
{
    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/services/{slug}/dependencies", Who.Readers, "/api/v1/services/checkout/dependencies"),
        new("GET /api/v1/services/{slug}/ceiling", Who.Readers, "/api/v1/services/checkout/ceiling"),
        new("GET /api/v1/objectives/{service}/{slug}/corrections", Who.Readers, "/api/v1/objectives/checkout/orders/corrections"),
        new("GET /api/v1/objectives/{service}/{slug}/externals", Who.Readers, "/api/v1/objectives/checkout/orders/externals"),
        new("POST /api/v1/services/{slug}/dependencies", Who.Team, async w => new($"/api/v1/services/{await w.ServiceAsync()}/dependencies", new { onVendor = await VendorAsync(w) })),
        new("PUT /api/v1/services/{slug}/dependencies/{id:guid}", Who.Team, async w =>
        {
            var (service, edge) = await DependencyAsync(w);
            return new($"/api/v1/services/{service}/dependencies/{edge.GetProperty("id").GetGuid()}", new { kind = "soft", group = "", note = "Less of it.", version = edge.GetProperty("version").GetUInt32() });
        }),
        new("DELETE /api/v1/services/{slug}/dependencies/{id:guid}", Who.Team, async w => await DependencyAsync(w) is var (service, edge) ? new($"/api/v1/services/{service}/dependencies/{edge.GetProperty("id").GetGuid()}") : null!),

        new("GET /api/v1/vendors", Who.Readers, "/api/v1/vendors"),
        new("POST /api/v1/vendors", Who.Team, w => Task.FromResult(new Ask("/api/v1/vendors", Vendor(w.Slug("vendor"))))),
        new("GET /api/v1/vendors/{slug}", Who.Readers, async w => new($"/api/v1/vendors/{await VendorAsync(w)}")),
        new("PUT /api/v1/vendors/{slug}", Who.Team, async w =>
        {
            var slug = await VendorAsync(w);
            return new($"/api/v1/vendors/{slug}", new { slug, name = "Renamed", description = "", ownerTeam = "shop", version = (await w.ReadAsync($"/vendors/{slug}")).GetProperty("version").GetUInt32() });
        }),
        new("POST /api/v1/vendors/{slug}/archive", Who.Team, async w => new($"/api/v1/vendors/{await VendorAsync(w)}/archive")),
        new("POST /api/v1/vendors/{slug}/restore", Who.Team, async w =>
        {
            var slug = await VendorAsync(w);
            await w.DoAsync($"/vendors/{slug}/archive");
            return new($"/api/v1/vendors/{slug}/restore");
        }),
        new("PUT /api/v1/vendors/{slug}/sli", Who.Team, async w => new($"/api/v1/vendors/{await VendorAsync(w)}/sli", new { sliId = w.OrdersSli })),
        new("POST /api/v1/vendors/{slug}/outages", Who.Team, async w => new($"/api/v1/vendors/{await VendorAsync(w)}/outages", Outage)),
        new("POST /api/v1/vendors/{slug}/outages/{id:guid}/correct", Who.Team, async w => new($"{await OutageAsync(w)}/correct", Outage)),
        new("POST /api/v1/vendors/{slug}/outages/{id:guid}/withdraw", Who.Team, async w => new($"{await OutageAsync(w)}/withdraw", new { reason = "It was us." })),

        new("GET /api/v1/risks", Who.Readers, "/api/v1/risks"),
        new("PUT /api/v1/risks/{dependency:guid}", Who.Team, async w =>
        {
            var edge = (await DependencyAsync(w)).Edge.GetProperty("id").GetGuid();
            return new($"/api/v1/risks/{edge}", new { ownerId = await w.PersonAsync(), reviewOn = "2027-01-31", state = "open", note = "Nobody can pay." });
        }),
    ];

    private static object Outage { get; } = new { startedAt = "2026-01-02T10:00:00Z", endedAt = "2026-01-02T11:00:00Z", source = "Their status page", reason = "It was away." };

    private static object Vendor(string slug) => new { slug, name = slug, description = "", ownerTeam = "shop" };

    private static async Task<string> VendorAsync(AccessWorld world)
    {
        var slug = world.Slug("vendor");
        await world.DoAsync("/vendors", Vendor(slug));
        return slug;
    }

    private static async Task<(string Service, JsonElement Edge)> DependencyAsync(AccessWorld world)
    {
        var service = await world.ServiceAsync();
        await world.DoAsync($"/services/{service}/dependencies", new { onVendor = await VendorAsync(world) });
        return (service, (await world.ReadAsync($"/services/{service}/dependencies")).GetProperty("below")[0]);
    }

    private static async Task<string> OutageAsync(AccessWorld world)
    {
        var vendor = await VendorAsync(world);
        await world.DoAsync($"/vendors/{vendor}/outages", Outage);
        return $"/api/v1/vendors/{vendor}/outages/{(await world.ReadAsync($"/vendors/{vendor}")).GetProperty("outages")[0].GetProperty("id").GetGuid()}";
    }
}
