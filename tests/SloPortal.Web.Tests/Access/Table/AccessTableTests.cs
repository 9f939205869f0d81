using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace SloPortal.Web.Tests.Access.Table;

/// <summary>Holds the program against <see cref="AccessTable"/>.</summary>
public sealed class AccessTableTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    private static readonly Who[] Askers = [.. Enum.GetValues<Who>().Where(w => int.IsPow2((int)w))];

    public static TheoryData<string> Endpoints => [.. AccessTable.Endpoints.Select(r => r.Endpoint)];

    public static TheoryData<string> Pages => [.. AccessTable.Pages.Select(r => r.Route)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Program_EveryEndpointAndPage_HasItsRow()
    {
        var mapped = world.Portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null).SelectMany(NamesOf).Distinct().ToList();
        var listed = AccessTable.Endpoints.Select(r => r.Endpoint).Concat(AccessTable.Pages.Select(r => "page " + r.Route)).Concat(AccessTable.LeftOut.Keys).ToList();

        string[] wrong = [.. mapped.Except(listed).Select(m => $"{m} has no row"), .. listed.Except(mapped).Select(l => $"{l} is not mapped")];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task Endpoint_EachWhoAsks_IsAnsweredAsTheTableSays(string endpoint)
    {
        var row = AccessTable.Endpoints.Single(r => r.Endpoint == endpoint);
        var surprises = new List<string>();
        foreach (var who in Askers)
        {
            var ask = await row.Ask(world);
            using var request = new HttpRequestMessage(row.Method, ask.Path) { Content = ask.Body is null ? null : JsonContent.Create(ask.Body) };
            ask.Also?.Invoke(request);
            using var answer = await world.ClientOf(who).SendAsync(request, Ct);
            var expected = row.Answered.HasFlag(who) ? row.Answer : who == Who.Nobody ? HttpStatusCode.Unauthorized
                : row.HiddenFrom.HasFlag(who) ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden;
            if (expected is null ? !answer.IsSuccessStatusCode : answer.StatusCode != expected)
                surprises.Add($"{who} got {(int)answer.StatusCode} instead of {(expected is { } code ? (int)code : "2xx")}: {await answer.Content.ReadAsStringAsync(Ct)}");
        }
        Assert.True(surprises.Count == 0, string.Join('\n', surprises));
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Page_EachWhoAsks_IsShownAsTheTableSays(string route)
    {
        var row = AccessTable.Pages.Single(r => r.Route == route);
        var surprises = new List<string>();
        foreach (var who in Askers)
        {
            using var answer = await world.ClientOf(who).GetAsync(row.Path(world), Ct);
            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
            var shown = Shown(answer, text);
            var expected = row.Seen.HasFlag(who) ? "the page" : Who.People.HasFlag(who) ? "a refusal" : "the sign-in";
            if (shown != expected)
                surprises.Add($"{who} got {shown} instead of {expected}");
            surprises.AddRange(row.Offers.Where(o => text.Contains(o.Key, StringComparison.Ordinal) != o.Value.HasFlag(who)).Select(o => $"{who} is {(o.Value.HasFlag(who) ? "not " : "")}offered \"{o.Key}\""));
        }
        Assert.True(surprises.Count == 0, string.Join('\n', surprises));
    }

    private static string Shown(HttpResponseMessage answer, string text) => answer.StatusCode switch
    {
        HttpStatusCode.Redirect when answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal) => "the sign-in",
        HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.InternalServerError =>
            text.Contains("You may not see this", StringComparison.Ordinal) || text.Contains("can grant it.", StringComparison.Ordinal) ? "a refusal" : "the page",
        var other => $"{(int)other}",
    };

    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint)
    {
        var route = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            return ["page " + route];
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
        return methods.Count == 0 ? [$"ANY {route}"] : methods.Select(m => $"{m} {route}");
    }
}
