using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Incidents;

public sealed class TimelineExchangeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // The declaration and what is written; then what is looked up of an incident without services.
    private const int Declared = 2;
    private const int LookedUp = 6;

    [Fact]
    public async Task Export_BothForms_AreDefusedAndCanBeReadBack()
    {
        await using var portal = await PortalHost.StartAsync();
        var client = portal.WithToken();
        var incident = await DeclareAsync(client);
        await PostAsync(client, $"/incidents/{incident}/timeline", new { body = "=1+1, \"quoted\"\nand a second line", kind = "decision" });

        // What the portal looks up by itself adds to the timeline within seconds: so many entries, and no more after them.
        await Eventually.HoldsAsync(async () => await CountAsync() == Declared + LookedUp);
        var csv = await client.GetStringAsync($"/api/v1/incidents/{incident}/timeline/export.csv", Ct);

        Assert.StartsWith("time,recorded_time,clock,offset_seconds,", csv, StringComparison.Ordinal);
        Assert.Contains(",\"'=1+1, \"\"quoted\"\"\nand a second line\",", csv, StringComparison.Ordinal);
        var json = await client.GetStringAsync($"/api/v1/incidents/{incident}/timeline/export.json", Ct);
        var other = await DeclareAsync(client);
        foreach (var text in (string[])[csv, json])
        {
            var read = await PostAsync(client, $"/incidents/{other}/timeline/entries/read", new { text, source = "the other portal" });
            Assert.Empty(read.GetProperty("rest").EnumerateArray());
            var decision = read.GetProperty("entries").EnumerateArray().Single(e => e.GetProperty("kind").GetString() == "decision");
            Assert.Equal("=1+1, \"quoted\"\nand a second line", decision.GetProperty("text").GetString());
            var added = await PostAsync(client, $"/incidents/{other}/timeline/entries", new { source = "the other portal", entries = read.GetProperty("entries"), confirmUnusualTime = true });
            Assert.Equal(text == csv ? Declared + LookedUp : 0, added.GetInt32());
        }

        async Task<int> CountAsync()
        {
            var exported = await client.GetStringAsync($"/api/v1/incidents/{incident}/timeline/export.json", Ct);
            return JsonDocument.Parse(exported).RootElement.GetProperty("entries").GetArrayLength();
        }
    }

    [Fact]
    public async Task Export_AsAFile_HasTheNameOfTheIncident()
    {
        await using var portal = await PortalHost.StartAsync();
        var client = portal.WithToken();
        var incident = await DeclareAsync(client);

        using var answer = await client.GetAsync($"/api/v1/incidents/{incident}/timeline/export.csv", Ct);

        Assert.Equal(("text/csv", $"INC-{incident}-timeline.csv"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.FileName?.Trim('"')));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/incidents/999999/timeline/export.csv", Ct)).StatusCode);
    }

    private static async Task<int> DeclareAsync(HttpClient client) =>
        (await PostAsync(client, "/incidents", new { title = "Checkout fails", severity = "sev2", services = Array.Empty<string>() })).GetInt32();

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1" + path, body, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }
}
