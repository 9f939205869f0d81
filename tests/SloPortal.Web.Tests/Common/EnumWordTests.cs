using System.Net;
using System.Text.Json.Nodes;
using SloPortal.Web.Tests.Access.Table;

namespace SloPortal.Web.Tests.Common;

/// <summary>Words of enums in addresses are taken as the JSON of the API writes them and in any other case.</summary>
public sealed class EnumWordTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    public static TheoryData<string, string> Parameters => new()
    {
        { "people?role", "serviceOwner" }, { "objectives?standing", "atRisk" }, { "objectives?order", "left" }, { "alerts?severity", "page" }, { "proposals?state", "open" },
        { "incidents?severity", "sev1" }, { "postmortems?state", "inReview" }, { "actions?state", "inProgress" }, { "pages?outcome", "actedOn" }, { "pages?day", "monday" },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Parameters))]
    public async Task Get_WordInAnyCase_IsTakenAndAnotherIs400(string parameter, string word)
    {
        foreach (var (written, expected) in ((string, HttpStatusCode)[])[(word, HttpStatusCode.OK), (word.ToUpperInvariant(), HttpStatusCode.OK), ("no" + word, HttpStatusCode.BadRequest), ("99", HttpStatusCode.BadRequest)])
        {
            using var answer = await world.ClientOf(Who.Administrator).GetAsync(new Uri($"/api/v1/{parameter}={written}", UriKind.Relative), Ct);
            Assert.Equal((written, expected), (written, answer.StatusCode));
        }
    }

    [Theory, MemberData(nameof(Parameters))]
    public async Task Document_Parameter_NamesItsWords(string parameter, string word)
    {
        var document = JsonNode.Parse(await world.ClientOf(Who.Administrator).GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct))!;
        var (path, name) = (parameter.Split('?')[0], parameter.Split('?')[1]);
        var described = document["paths"]![$"/api/v1/{path}"]!["get"]!["parameters"]!.AsArray().Single(p => string.Equals((string?)p!["name"], name, StringComparison.OrdinalIgnoreCase))!["schema"]!;
        var schema = described["items"] ?? described;
        if (schema["$ref"] is { } reference)
            schema = document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!;
        Assert.Contains(word, schema["enum"]!.AsArray().Select(v => (string?)v));
    }
}
