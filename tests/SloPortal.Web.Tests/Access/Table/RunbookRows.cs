using System.Net;

namespace SloPortal.Web.Tests.Access.Table;

internal static class RunbookRows
{
    private const string Incidents = "/api/v1/incidents";

    /// <summary>Whoever leads the incident, and the owners of the service.</summary>
    private const Who Deciders = Who.Commander | Who.Team;

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/services/{service}/runbook", Who.Readers, async w => new($"/api/v1/services/{await w.ServiceAsync()}/runbook")),
        new("PUT /api/v1/services/{service}/runbook", Who.Team, async w => new($"/api/v1/services/{await w.ServiceAsync()}/runbook", Runbook)),
        new("GET /api/v1/incidents/{number:int}/runbook", Who.Readers, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/runbook")),
        new("POST /api/v1/incidents/{number:int}/runbook/runs", IncidentRows.Responders, async w =>
        {
            var (number, step) = await WithStepAsync(w);
            return new($"{Incidents}/{number}/runbook/runs", new { step, because = "It hangs" });
        }),
        // An administrator asked, through whom the world is made, and nobody approves what they asked for.
        new("POST /api/v1/incidents/{number:int}/runbook/runs/{run:guid}/approve", Deciders & ~Who.Administrators, async w => new($"{await AskedAsync(w)}/approve", new { })),
        new("POST /api/v1/incidents/{number:int}/runbook/runs/{run:guid}/decline", Deciders, async w => new($"{await AskedAsync(w)}/decline", new { because = "It is the database" })),
        new("POST /api/v1/incidents/{number:int}/runbook/resume", Who.Commander | Who.Administrators, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/runbook/resume", new { because = "Looked myself" })) { Answer = HttpStatusCode.Conflict },
    ];

    private static object Runbook => new { title = "It hangs", steps = new[] { new { name = "Restart", does = "", kind = "changes", address = "https://example.com/restart", timeoutSeconds = 10 } }, version = 0 };

    private static async Task<(int Number, Guid Step)> WithStepAsync(AccessWorld world)
    {
        var service = await world.ServiceAsync();
        await world.PutAsync($"/services/{service}/runbook", Runbook);
        var number = (await world.DoAsync("/incidents", new { title = "It hangs", severity = "sev3", services = new[] { service } })).GetInt32();
        return (number, (await world.ReadAsync($"/services/{service}/runbook")).GetProperty("steps")[0].GetProperty("id").GetGuid());
    }

    private static async Task<string> AskedAsync(AccessWorld world)
    {
        var (number, step) = await WithStepAsync(world);
        await world.DoAsync($"/incidents/{number}/runbook/runs", new { step, because = "It hangs" });
        var read = await world.ReadAsync($"/incidents/{number}/runbook");
        return $"{Incidents}/{number}/runbook/runs/{read.GetProperty("runbooks")[0].GetProperty("steps")[0].GetProperty("last").GetProperty("id").GetGuid()}";
    }
}
