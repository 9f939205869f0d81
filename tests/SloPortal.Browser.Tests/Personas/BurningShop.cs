using System.Text.Json;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Domain.Common;

namespace SloPortal.Browser.Tests.Personas;

/// <summary>A shop with an objective that two people signed, of which half of the orders fail: what makes a burn alert.</summary>
internal sealed class BurningShop
{
    public required Somebody Commander { get; init; }

    public required Somebody Owner { get; init; }

    public required Somebody Reader { get; init; }

    public static async Task<BurningShop> OpenAsync(PortalApi api, People people, CancellationToken ct)
    {
        await api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, ct);
        var shop = new BurningShop
        {
            Commander = await people.InviteAsync("Cora Commander", ["incidentCommander"], ["shop"], ct),
            Owner = await people.InviteAsync("Olga Owner", ["serviceOwner"], ["shop"], ct),
            Reader = await people.InviteAsync("Sami Stakeholder", ["viewer"], [], ct),
        };
        await api.PostAsync("/services", new { slug = "checkout", name = "Checkout", description = "", tier = "critical", ownerTeam = "shop", links = Array.Empty<object>() }, ct);
        await api.PostAsync("/slis", new { service = "checkout", slug = "orders", name = "Orders placed", description = "", sourceId = (int?)null, definition = new { kind = "pushed" } }, ct);
        var terms = new { sli = "orders", targetPercent = 99.9, window = "rolling 30d", ownerId = shop.Owner.Id, stakeholderId = shop.Reader.Id, rationale = "What customers were promised." };
        // A target is agreed on what was measured before.
        var bad = MinuteClock.Floor(TimeProvider.System.GetUtcNow()).AddMinutes(-20);
        await PushAsync(api, "good hours", [.. Enumerable.Range(1, 24).Select(ago => new { start = bad.AddHours(-ago), end = bad.AddHours(1 - ago), good = 6_000, total = 6_000 })], ct);
        var proposal = (await api.PostAsync("/objectives", new { service = "checkout", slug = "orders-placed", name = "Orders placed", description = "", terms }, ct)).GetGuid();
        foreach (var party in new[] { shop.Owner, shop.Reader })
            await people.SignAsync(party, proposal, ct);
        await PushAsync(api, "bad minutes", [new { start = bad, end = MinuteClock.Floor(TimeProvider.System.GetUtcNow()), good = 1_000, total = 2_000 }], ct);
        return shop;
    }

    private static Task<JsonElement> PushAsync(PortalApi api, string key, object[] intervals, CancellationToken ct) =>
        api.PostAsync("/push", new { key, service = "checkout", sli = "orders", intervals }, ct);
}
