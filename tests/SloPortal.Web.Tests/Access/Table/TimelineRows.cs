using System.Net.Http.Json;
using System.Text;

namespace SloPortal.Web.Tests.Access.Table;

internal static class TimelineRows
{
    private const string Incidents = "/api/v1/incidents";

    private static readonly object Graph = new { kind = "address", reference = "https://example.org/graph" };

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/incidents/{number:int}/timeline", Who.Readers, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline?kind=note&kind=declared")),
        new("POST /api/v1/incidents/{number:int}/timeline", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline", new { body = "It began." })),
        new("POST /api/v1/incidents/{number:int}/timeline/lines", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/lines", new { line = "-1m it began" })),
        new("POST /api/v1/incidents/{number:int}/timeline/lines/preview", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/lines/preview", new { line = "/st" })),
        new("POST /api/v1/incidents/{number:int}/timeline/{entry:guid}/correction", IncidentRows.Responders, CorrectionAsync),
        new("POST /api/v1/incidents/{number:int}/timeline/entries/read", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/entries/read", new { source = "load balancer", text = "time,text\n2026-11-28 10:02:07,It answers 502" })),
        new("POST /api/v1/incidents/{number:int}/timeline/entries", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/entries", new { source = "load balancer", confirmUnusualTime = true, entries = new[] { new { at = DateTimeOffset.UtcNow.AddMinutes(-5), text = "It answers 502" } } })),
        new("GET /api/v1/incidents/{number:int}/timeline/export.csv", Who.Readers, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/export.csv")),
        new("GET /api/v1/incidents/{number:int}/timeline/export.json", Who.Readers, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/export.json")),
        new("GET /api/v1/incidents/{number:int}/timeline/clocks", Who.Readers, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/clocks")),
        new("PUT /api/v1/incidents/{number:int}/timeline/clocks", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/clocks", new { clock = "portal", offsetSeconds = 12.5, uncertaintySeconds = 2, reason = "Compared." })),
        new("GET /api/v1/incidents/{number:int}/timeline/marks", Who.Readers, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/marks")),
        new("PUT /api/v1/incidents/{number:int}/timeline/{entry:guid}/pin", IncidentRows.Responders, async w => new(await FirstEntryAsync(w) + "/pin", new { label = "Customers see 502." })),
        new("DELETE /api/v1/incidents/{number:int}/timeline/{entry:guid}/pin", IncidentRows.Responders, PinnedAsync),
        new("POST /api/v1/incidents/{number:int}/timeline/{entry:guid}/evidence/take-back", IncidentRows.Responders, async w => new(await LinkedEntryAsync(w) + "/evidence/take-back", Graph)),
        new("POST /api/v1/incidents/{number:int}/timeline/{entry:guid}/evidence", IncidentRows.Responders, async w => new(await FirstEntryAsync(w) + "/evidence", Graph)),
        new("POST /api/v1/incidents/{number:int}/timeline/chat/read", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/chat/read", new { text = "[10:42] ruth: it began" })),
        new("POST /api/v1/incidents/{number:int}/timeline/chat", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/chat", new { messages = new[] { new { at = DateTimeOffset.UtcNow, author = "ruth", text = "It began." } } })),
        new("GET /api/v1/incidents/times", Who.Readers, $"{Incidents}/times"),
        new("GET /api/v1/incidents/{number:int}/phases", Who.Readers, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/phases")),
        new("PUT /api/v1/incidents/{number:int}/phases/{phase}", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/phases/began", new { at = DateTimeOffset.UtcNow.AddMinutes(-5), reason = "The graph says so.", confirmUnusualTime = true })),
        new("GET /api/v1/incidents/{number:int}/timeline/verification", Who.Readers, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/timeline/verification")),
        new("GET /api/v1/incidents/{number:int}/attachments", Who.Readers, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/attachments")),
        new("POST /api/v1/incidents/{number:int}/attachments", IncidentRows.Responders, async w => new($"{Incidents}/{await IncidentRows.DeclareAsync(w)}/attachments?name=pool.log", null, Carry)),
        new("GET /api/v1/incidents/{number:int}/attachments/{id:guid}", Who.Readers, FileAsync),
    ];

    private static void Carry(HttpRequestMessage request) => request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("pool exhausted"));

    private static async Task<Ask> CorrectionAsync(AccessWorld w) => new(await FirstEntryAsync(w) + "/correction", new { body = "It began.", reason = "A typo." });

    private static async Task<Ask> PinnedAsync(AccessWorld w)
    {
        var address = await FirstEntryAsync(w) + "/pin";
        using var answer = await w.Portal.WithToken().PutAsJsonAsync(new Uri(address, UriKind.Relative), new { });
        answer.EnsureSuccessStatusCode();
        return new(address);
    }

    /// <summary>The address of the first entry of an incident of its own.</summary>
    private static async Task<string> FirstEntryAsync(AccessWorld w)
    {
        var incident = await IncidentRows.DeclareAsync(w);
        var timeline = await w.ReadAsync($"/incidents/{incident}/timeline");
        return $"{Incidents}/{incident}/timeline/{timeline.GetProperty("entries")[0].GetProperty("id").GetGuid()}";
    }

    private static async Task<string> LinkedEntryAsync(AccessWorld w)
    {
        var entry = await FirstEntryAsync(w);
        await w.DoAsync(entry["/api/v1".Length..] + "/evidence", Graph);
        return entry;
    }

    private static async Task<Ask> FileAsync(AccessWorld w)
    {
        var incident = await IncidentRows.DeclareAsync(w);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("pool exhausted"));
        using var answer = await w.Portal.WithToken().PostAsync(new Uri($"{Incidents}/{incident}/attachments?name=pool.log", UriKind.Relative), content);
        var file = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetGuid();
        return new($"{Incidents}/{incident}/attachments/{file}");
    }
}
