using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SloPortal.Application.Common;
using SloPortal.Web.Tests.Access.Table;

namespace SloPortal.Web.Tests.Common;

/// <summary>
/// Bodies that are wrong in every member: what is missing, null or of another type is the sender's mistake, never the portal's. Each
/// begins with a body that is taken, with what the description of the API knows besides.
/// </summary>
public sealed class BadBodiesTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    private static readonly string[] Wrong =
        ["null", "7", "-1", "1e300", "true", "\"\"", "\"x\"", "\"a\\u0000b\"", "\"\\ud800\"", "[]", "[null]", "[7]", "[{}]", "[[]]", "{}", "{\"x\":null}"];

    private JsonNode? document;

    public static TheoryData<string> Endpoints =>
        [.. AccessTable.Endpoints.Where(r => r.Method == HttpMethod.Post || r.Method == HttpMethod.Put).Select(r => r.Endpoint)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Endpoints))]
    public async Task Endpoint_BodyWrongInAnyMember_IsNeverAFailure(string endpoint)
    {
        var row = AccessTable.Endpoints.Single(r => r.Endpoint == endpoint);
        var client = world.ClientOf(row.Answered.HasFlag(Who.Administrator) ? Who.Administrator : Enum.GetValues<Who>().Where(w => int.IsPow2((int)w) && row.Answered.HasFlag(w)).Max());
        var ask = await row.Ask(world);
        var sample = ask.Body is null ? new JsonObject() : JsonNode.Parse(JsonSerializer.Serialize(ask.Body, PortalJson.Options))!.AsObject();
        var whole = Complete(sample, await SchemaAsync(endpoint));
        var failures = new List<string>();
        // Errors of OTLP are messages of its own kind (google.rpc.Status); all others are problem details.
        var sentence = endpoint == "POST /v1/metrics" ? "\"message\":\"" : "\"detail\":\"";
        string[] bodies = ["", "{", "{}", .. Wrong, .. Places(whole).SelectMany(place => Wrong.Select(value => With(whole, place, value)))];
        foreach (var body in bodies)
        {
            using var request = new HttpRequestMessage(row.Method, ask.Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await client.SendAsync(request, Ct);
            if (answer.StatusCode >= HttpStatusCode.InternalServerError)
                failures.Add($"{(int)answer.StatusCode} for {body}: {await answer.Content.ReadAsStringAsync(Ct)}");
            else if (answer.StatusCode == HttpStatusCode.BadRequest && !(await answer.Content.ReadAsStringAsync(Ct)).Contains(sentence, StringComparison.Ordinal))
                failures.Add($"no sentence for {body}");
            // What was taken may have moved the thing on to where nothing more is looked at.
            if (answer.IsSuccessStatusCode)
                ask = await row.Ask(world);
        }
        Assert.True(failures.Count == 0, $"{failures.Count} of {bodies.Length}:\n{string.Join('\n', failures.Take(40))}");
    }

    [Theory]
    [InlineData("(a", "a closing parenthesis is missing")]
    [InlineData("(?=a)b", "could run away")]
    [InlineData("(a)\\1", "could run away")]
    [InlineData("((a{1,1000}){1,1000})", "repeats too often")]
    public async Task Sli_PatternThatIsRefused_Is400WithTheReasonBesideTheField(string pattern, string reason)
    {
        var definition = new { kind = "counterRatio", bad = $"requests_total{{code=~`{pattern}`}}", total = "requests_total" };
        using var answer = await world.ClientOf(Who.Owner).PostAsJsonAsync("/api/v1/slis", new { service = "checkout", slug = "patterns", name = "Patterns", description = "", sourceId = world.Pulled, definition }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;
        Assert.Contains(reason, (string)problem["errors"]!["Definition.Bad"]![0]!, StringComparison.Ordinal);
    }

    private async Task<JsonObject?> SchemaAsync(string endpoint)
    {
        document ??= JsonNode.Parse(await world.ClientOf(Who.Administrator).GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct))!;
        var parts = endpoint.Split(' ');
        var path = Regex.Replace(parts[1], ":[a-z]+}", "}");
        return document["paths"]?[path]?[parts[0].ToLowerInvariant()]?["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? Resolve(schema) : null;
    }

    private JsonObject Resolve(JsonNode schema)
    {
        var found = schema.AsObject();
        foreach (var choice in found["oneOf"]?.AsArray() ?? [])
        {
            if (choice!["$ref"] is not null)
                found = choice.AsObject();
        }
        return found["$ref"] is { } reference ? document!["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!.AsObject() : found;
    }

    /// <summary>The sample, with each member that it leaves out; in a list, one element.</summary>
    private JsonObject Complete(JsonObject sample, JsonObject? schema)
    {
        var whole = sample.DeepClone().AsObject();
        foreach (var (name, node) in schema?["properties"]?.AsObject() ?? [])
        {
            var member = Resolve(node!);
            if (member["properties"] is not null)
                whole[name] = Complete(whole[name] as JsonObject ?? [], member);
            else if (member["items"] is { } items && Resolve(items)["properties"] is not null)
                whole[name] = new JsonArray(Complete((whole[name] as JsonArray)?.FirstOrDefault() as JsonObject ?? [], Resolve(items)));
            else if (!whole.ContainsKey(name))
                whole[name] = null;
        }
        return whole;
    }

    /// <summary>The way to each member, and to each member of an element of a list.</summary>
    private static IEnumerable<string[]> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Places(m.Value).Select(rest => (string[])[m.Key, .. rest]).Prepend([m.Key])),
        JsonArray { Count: > 0 } list => Places(list[0]).Select(rest => (string[])["0", .. rest]).Prepend(["0"]),
        _ => [],
    };

    private static string With(JsonObject whole, string[] place, string value)
    {
        JsonNode changed = whole.DeepClone();
        var at = changed;
        foreach (var step in place[..^1])
            at = at is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : at[step]!;
        var mark = $"«{Guid.NewGuid()}»";
        if (at is JsonArray last)
            last[int.Parse(place[^1], CultureInfo.InvariantCulture)] = mark;
        else
            at[place[^1]] = mark;
        // As text, since some of the values are no JSON that can be built.
        return changed.ToJsonString(PortalJson.Options).Replace($"\"{mark}\"", value, StringComparison.Ordinal);
    }
}
