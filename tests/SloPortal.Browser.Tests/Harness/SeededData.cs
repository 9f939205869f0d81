namespace SloPortal.Browser.Tests.Harness;

/// <summary>What the portal of the shared tests holds: a shop with a search, run by one team and depended on by another.</summary>
internal sealed class SeededData
{
    public required Somebody Owner { get; init; }

    public required Somebody Stakeholder { get; init; }

    public required Somebody Auditor { get; init; }

    public required string OpenInvitation { get; init; }

    public static async Task<SeededData> CreateAsync(PortalApi api, People people, CancellationToken ct)
    {
        await api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "Runs what customers buy with." }, ct);
        await api.PostAsync("/teams", new { slug = "support", name = "Customer support", description = "" }, ct);
        var owner = await people.InviteAsync("Olga Owner", ["serviceOwner"], ["shop"], ct);
        var stakeholder = await people.InviteAsync("Sami Stakeholder", ["viewer"], ["support"], ct);
        var auditor = await people.InviteAsync("Aino Auditor", ["auditor"], [], ct);
        var open = await api.PostAsync("/invitations", new { email = "late@example.org", roles = new[] { "viewer" }, teams = Array.Empty<string>() }, ct);

        var link = new { title = "Runbook", url = "https://example.org/runbook" };
        await api.PostAsync("/services", new { slug = "checkout", name = "Checkout", description = "Turns a basket into an order.\n\nWithout it nobody can buy.", tier = "critical", ownerTeam = "shop", links = new[] { link } }, ct);
        await api.PostAsync("/services", new { slug = "search", name = "Search", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() }, ct);
        await api.PostAsync("/deployments", new { service = "checkout", version = "7.42" }, ct);

        return new SeededData { Owner = owner, Stakeholder = stakeholder, Auditor = auditor, OpenInvitation = open.GetProperty("link").GetString()! };
    }
}
