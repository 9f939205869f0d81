namespace SloPortal.Web.Tests.Access.Table;

internal static class TeamRows
{
    private const string Incidents = "/api/v1/incidents";

    /// <summary>People of the team, and who decides in the incident.</summary>
    private const Who OfTheTeam = Who.Team | Who.Commander;

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/incidents/{number:int}/teams", Who.Readers, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/teams")),
        new("POST /api/v1/incidents/{number:int}/teams", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/teams", new { team = "shop", part = "Look at the queue" })),
        new("PUT /api/v1/incidents/{number:int}/teams/{team}/lead", OfTheTeam, async w => new($"{Incidents}/{await AskedAsync(w)}/teams/shop/lead", new { person = await w.PersonAsync(member: true) })),
        new("PUT /api/v1/incidents/{number:int}/teams/{team}/state", OfTheTeam, async w => new($"{Incidents}/{await AskedAsync(w)}/teams/shop/state", new { state = "done" })),
        new("POST /api/v1/incidents/{number:int}/hand-offs", OfTheTeam, async w => new($"{Incidents}/{await AskedAsync(w)}/hand-offs", await OfferAsync(w))),
        // Who decides cannot take it in the name of a team to which they do not belong.
        new("POST /api/v1/incidents/{number:int}/hand-offs/{handOff:guid}/answer", Who.Owner | Who.OwnersToken, async w => new($"{await OfferedAsync(w)}/answer", new { accept = true })),
        new("DELETE /api/v1/incidents/{number:int}/hand-offs/{handOff:guid}", OfTheTeam, async w => new(await OfferedAsync(w))),
        new("PUT /api/v1/incidents/{number:int}/links/{other:int}", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/links/{await IncidentRows.DeclareAsync(w)}", new { @as = "child" })),
        new("DELETE /api/v1/incidents/{number:int}/links/{other:int}", IncidentRows.Responders, async w => new(await LinkedAsync(w))),
    ];

    private static async Task<int> AskedAsync(AccessWorld world)
    {
        var number = await IncidentRows.DeclareAsync(world);
        await world.DoAsync($"/incidents/{number}/teams", new { team = "shop", part = "Look at the queue" });
        return number;
    }

    private static async Task<object> OfferAsync(AccessWorld world)
    {
        await world.PersonAsync(member: true);
        return new { from = "shop", to = "shop", what = "It climbs." };
    }

    private static async Task<string> OfferedAsync(AccessWorld world)
    {
        var number = await AskedAsync(world);
        await world.DoAsync($"/incidents/{number}/hand-offs", await OfferAsync(world));
        var read = await world.ReadAsync($"/incidents/{number}/teams");
        return $"{Incidents}/{number}/hand-offs/{read.GetProperty("handOffs")[0].GetProperty("id").GetGuid()}";
    }

    private static async Task<string> LinkedAsync(AccessWorld world)
    {
        var (one, other) = (await IncidentRows.DeclareAsync(world), await IncidentRows.DeclareAsync(world));
        await world.PutAsync($"/incidents/{one}/links/{other}", new { @as = "related" });
        return $"{Incidents}/{one}/links/{other}";
    }
}
