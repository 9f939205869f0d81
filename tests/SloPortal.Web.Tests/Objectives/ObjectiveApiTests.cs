using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Tests.Common;
using SloPortal.Web.Tests.Measurement;

namespace SloPortal.Web.Tests.Objectives;

public sealed class ObjectiveApiTests : IAsyncLifetime
{
    private const string Service = "service-availability";

    private PortalHost portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        portal = await PortalHost.StartAsync();
        await portal.AddSliAsync(new PushedRatio());
    }

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Propose_Target100_Is400WithTheSentence()
    {
        using var answer = await portal.WithToken().PostAsJsonAsync("/api/v1/objectives", Proposed(100m), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("A target of 100 % leaves no error budget", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_Target100_Is400WithTheSentence()
    {
        using var answer = await portal.WithToken().PostAsJsonAsync("/api/v1/proposals/preview", new PreviewProposal(Service, "availability", 100m, "rolling 30d"), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("A target of 100 % leaves no error budget", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/objectives/service-availability/none")]
    [InlineData("/api/v1/objectives/none/none")]
    [InlineData("/api/v1/proposals/00000000-0000-0000-0000-000000000001")]
    public async Task Get_Unknown_Is404WithProblem(string address)
    {
        using var answer = await portal.WithToken().GetAsync(address, Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Propose_Auditor_Is403AndNothingIsStored()
    {
        var (browser, _) = await portal.PersonAsync("otto", Role.Auditor);
        using var objective = await browser.PostAsJsonAsync("/api/v1/objectives", Proposed(99m), Ct);
        using var deployment = await browser.PostAsJsonAsync("/api/v1/deployments", Deployed("1"), Ct);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (objective.StatusCode, deployment.StatusCode));
        Assert.Equal(0L, await portal.ScalarAsync("SELECT (SELECT count(*) FROM objectives) + (SELECT count(*) FROM deployments)"));
    }

    [Theory]
    [InlineData(TokenScope.Read, HttpStatusCode.Forbidden, HttpStatusCode.OK)]
    [InlineData(TokenScope.Ingest, HttpStatusCode.Created, HttpStatusCode.Forbidden)]
    public async Task Deployments_TokenScope_Decides(TokenScope scope, HttpStatusCode writes, HttpStatusCode reads)
    {
        var client = portal.WithToken(await PortalHost.TokenOfAsync(await portal.SignedInAsync(), scope));
        using var write = await client.PostAsJsonAsync("/api/v1/deployments", Deployed("1"), Ct);
        using var read = await client.GetAsync($"/api/v1/deployments?service={Service}", Ct);

        Assert.Equal((writes, reads), (write.StatusCode, read.StatusCode));
    }

    [Fact]
    public async Task RecordDeployment_SameKeyAgain_IsTheSameDeployment()
    {
        var client = portal.WithToken();
        await client.PostAsJsonAsync("/api/v1/deployments", Deployed("build-7"), Ct);
        await client.PostAsJsonAsync("/api/v1/deployments", Deployed("build-7"), Ct);

        var rows = await client.GetFromJsonAsync<JsonElement>($"/api/v1/deployments?service={Service}", Ct);
        Assert.Equal(1, rows.GetArrayLength());
        Assert.Contains("7.42", await (await portal.SignedInAsync()).GetStringAsync($"/services/{Service}", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_ServiceByName_OffersToProposeForItAndToOpenItsSli()
    {
        var found = await portal.WithToken().GetStringAsync("/api/v1/find?q=availability", Ct);

        Assert.Contains("Propose an objective for Service availability", found, StringComparison.Ordinal);
        Assert.Contains("\"SLIs\"", found, StringComparison.Ordinal);
    }

    private static object Proposed(decimal target) => new
    {
        service = Service,
        slug = "answered",
        name = "Requests answered",
        description = "",
        terms = new { sli = "availability", targetPercent = target, window = "rolling 30d", effectiveFrom = (DateTimeOffset?)null, ownerId = Guid.NewGuid(), stakeholderId = Guid.NewGuid(), rationale = "Users expect it." },
    };

    private static object Deployed(string key) => new { service = Service, version = "7.42", environment = "production", idempotencyKey = key };
}
