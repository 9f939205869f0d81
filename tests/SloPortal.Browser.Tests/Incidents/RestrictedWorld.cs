using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>An incident with everything that can hang on one, all of it with a word in it that stands nowhere else.</summary>
internal sealed class RestrictedWorld
{
    /// <summary>Stands in each text.</summary>
    public const string Secret = "quagga";

    /// <summary>Stands there too: what one searches for, since pages repeat what was asked.</summary>
    private const string Asked = "zonkey";

    private const string Words = $"The {Secret} and the {Asked}";

    public required int Incident { get; init; }

    public required int Postmortem { get; init; }

    public required int Action { get; init; }

    /// <summary>Another incident of the same service, which everybody may see, and whose triage found this one.</summary>
    public required int Beside { get; init; }

    private string File { get; init; } = "";

    /// <summary>What the API answers about it, by address.</summary>
    public IReadOnlyList<string> Answers =>
    [
        "/api/v1/incidents", $"/api/v1/incidents?text={Asked}", $"/api/v1/incidents/{Incident}", $"/api/v1/incidents/{Incident}/timeline", $"/api/v1/incidents/{Incident}/war-room", $"/api/v1/incidents/{Incident}/teams", $"/api/v1/incidents/{Incident}/runbook", $"/api/v1/incidents/{Incident}/timeline/export.csv", $"/api/v1/incidents/{Incident}/timeline/export.json",
        $"/api/v1/incidents/{Incident}/attachments", $"/api/v1/incidents/{Incident}/attachments/{File}",
        "/api/v1/postmortems", $"/api/v1/postmortems/{Postmortem}", $"/api/v1/postmortems/{Postmortem}/revisions/1/2", "/api/v1/archive/search", $"/api/v1/archive/search?q={Asked}",
        "/api/v1/actions", $"/api/v1/actions/{Action}", $"/api/v1/find?q={Asked}", "/api/v1/objectives/checkout/orders-placed/bill", "/api/v1/objectives/checkout/orders-placed/story?range=7d",
    ];

    /// <summary>The pages that show it.</summary>
    public IReadOnlyList<string> Pages =>
    [
        "/incidents?state=all", $"/incidents/{Incident}", $"/incidents/{Incident}/teams", $"/incidents/{Incident}/postmortem", "/reviews", $"/reviews?q={Asked}", $"/reviews/{Postmortem}", $"/reviews/{Postmortem}/revisions", "/actions?state=all", $"/actions/{Action}",
        $"/actions/new?incident={Incident}", $"/actions/new?postmortem={Postmortem}", "/services/checkout", "/objectives/checkout/orders-placed",
    ];

    /// <summary>What the triage of the other incident tells of it.</summary>
    public IReadOnlyList<string> Found => [$"/api/v1/incidents/{Beside}/triage", $"/api/v1/incidents/{Beside}/timeline/marks", $"/incidents/{Beside}"];

    /// <summary>What auditors and administrators read, beside the rest.</summary>
    public static IReadOnlyList<string> Audit { get; } = ["/api/v1/audit", $"/api/v1/audit?text={Asked}", "/api/v1/audit/export.csv", "/api/v1/audit/export.jsonl", "/audit", $"/audit?text={Asked}"];

    /// <summary>What tells people of it.</summary>
    public static IReadOnlyList<string> Notices { get; } = ["/api/v1/notices"];

    public static async Task<int> DeclareBesideAsync(Visitor run) =>
        (await run.SendAsync("POST", "/incidents", new { title = "Orders wait", severity = "sev4", services = new[] { "checkout" } })).GetInt32();

    /// <param name="run">By whom it is declared and written.</param>
    /// <param name="approve">Who has not written.</param>
    /// <param name="beside">The other incident.</param>
    public static async Task<RestrictedWorld> CreateAsync(Visitor run, Visitor approve, int beside)
    {
        var began = TimeProvider.System.GetUtcNow().AddHours(-53);
        var incident = (await run.SendAsync("POST", "/incidents", new
        {
            title = Words, severity = "sev1", services = new[] { "checkout" }, objectives = new[] { new { service = "checkout", objective = "orders-placed" } }, startedAt = began, summary = Words, confirmUnusualTime = true,
        })).GetInt32();
        await run.SendAsync("POST", $"/incidents/{incident}/timeline", new { body = Words });
        await run.SendAsync("POST", $"/incidents/{incident}/status", new { status = "acknowledged", note = Words });
        await run.SendAsync("POST", $"/incidents/{incident}/war-room", new { });
        await run.SendAsync("POST", $"/incidents/{incident}/tasks", new { title = Words });
        await run.SendAsync("POST", $"/incidents/{incident}/teams", new { team = "shop", part = Words });
        var runbook = JsonSerializer.Deserialize<JsonElement>((await run.GetAsync("/api/v1/services/checkout/runbook")).Text);
        await run.SendAsync("POST", $"/incidents/{incident}/runbook/runs", new { step = runbook.GetProperty("steps")[1].GetProperty("id").GetGuid(), because = Words });
        var sent = await run.Context.APIRequest.PostAsync($"{run.Address}/api/v1/incidents/{incident}/attachments?name={Secret}.log", new() { DataByte = Encoding.UTF8.GetBytes(Words), Headers = [new("Content-Type", "application/octet-stream")] });
        var file = (await sent.JsonAsync())!.Value.GetProperty("id").GetString()!;
        var postmortem = (await run.SendAsync("POST", $"/incidents/{incident}/postmortem", new { })).GetInt32();
        await run.SendAsync("PUT", $"/postmortems/{postmortem}", new { baseRevision = 1, title = Words, summary = Words, body = Words });
        await approve.SendAsync("POST", $"/postmortems/{postmortem}/comments", new { body = Words });
        var due = DateOnly.FromDateTime(began.UtcDateTime).AddDays(30);
        var action = (await run.SendAsync("POST", "/actions", new { title = Words, team = "shop", dueOn = due, service = "checkout", postmortem })).GetInt32();
        await run.SendAsync("POST", $"/postmortems/{postmortem}/submit", new { });
        await approve.SendAsync("POST", $"/postmortems/{postmortem}/approve", new { revision = 2 });
        await run.SendAsync("POST", $"/postmortems/{postmortem}/publish", new { });
        await run.SendAsync("POST", $"/incidents/{beside}/triage", new { });
        await Eventually.HoldsAsync("the triage beside it", TimeSpan.FromSeconds(30), async _ => (await run.GetAsync($"/api/v1/incidents/{beside}/triage")).Text.Contains(Secret, StringComparison.Ordinal), CancellationToken.None);
        return new RestrictedWorld { Beside = beside, Incident = incident, Postmortem = postmortem, Action = action, File = file };
    }

    /// <summary>The addresses whose answer has the word, or names it by its code where the address does not.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(Visitor visitor, IEnumerable<string> addresses)
    {
        var code = new Regex($@"\b(INC-{Incident}|PM-{Postmortem}|ACT-{Action})\b");
        var told = new List<string>();
        foreach (var address in addresses)
        {
            var text = await (await visitor.Context.APIRequest.GetAsync(visitor.Address + address)).TextAsync();
            if (text.Contains(Secret, StringComparison.OrdinalIgnoreCase) || (!address.Any(char.IsDigit) && code.IsMatch(text)))
                told.Add(address);
        }
        return told;
    }
}

internal static class VisitorRequests
{
    /// <summary>What the visitor's page would send, with the answer.</summary>
    public static async Task<JsonElement> SendAsync(this Visitor visitor, string method, string path, object body)
    {
        var response = await visitor.Context.APIRequest.FetchAsync($"{visitor.Address}/api/v1{path}", new() { Method = method, DataObject = body });
        var text = await response.TextAsync();
        return response.Ok ? text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text) : throw new InvalidOperationException($"{path} answered {response.Status}: {text}");
    }

    public static async Task<(int Status, string Text)> GetAsync(this Visitor visitor, string path)
    {
        var response = await visitor.Context.APIRequest.GetAsync(visitor.Address + path);
        return (response.Status, await response.TextAsync());
    }
}
