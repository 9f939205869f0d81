using System.Security.Cryptography;
using System.Text;
using SloPortal.Application.Changes;
using SloPortal.Application.Incidents.Detection.Intake.Deployments;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.TestSupport;
using static SloPortal.Application.Tests.Incidents.Intake.SignalWorld;

namespace SloPortal.Application.Tests.Incidents.Intake;

public sealed class ReceiveDeploymentTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Secret = "a secret of github";

    [Fact]
    public async Task GitHub_SignedSuccess_IsADeploymentOnce()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var (source, _) = await world.AddAsync(SignalSourceKind.GitHub, world.Service, Secret);
        var body = GitHub("success", "v7.42.1", "2026-11-10T11:58:00Z");

        Assert.Equal(WebhookVerdict.Taken, await SendAsync(world, source, body, "d-1"));
        Assert.Equal(WebhookVerdict.Known, await SendAsync(world, source, body, "d-1"));
        // Only the body is signed: whoever plays it again may write any name beside it.
        Assert.Equal(WebhookVerdict.Known, await SendAsync(world, source, body, "d-2"));

        var deployment = Assert.Single(await DeploymentsAsync(world));
        Assert.Equal(("v7.42.1", "production", "https://example.com/app"), (deployment.Version, deployment.Environment, deployment.Url));
        Assert.Equal(new DateTimeOffset(2026, 11, 10, 11, 58, 0, TimeSpan.Zero), deployment.DeployedAt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sha256=00")]
    [InlineData("of another body")]
    public async Task GitHub_ForgedSignature_RecordsNothing(string? signature)
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var (source, _) = await world.AddAsync(SignalSourceKind.GitHub, world.Service, Secret);
        var body = GitHub("success", "v1.0", "2026-11-10T11:58:00Z");

        var answer = await world.Catalog.Get<ReceiveGitHub.Handler>().HandleAsync(
            new ReceiveGitHub(source, "deployment_status", "d", signature == "of another body" ? Sign([.. body, 32]) : signature, body), source.Actor, Ct);

        Assert.Equal(WebhookVerdict.Forged, answer.Require().Verdict);
        Assert.Empty(await DeploymentsAsync(world));
    }

    [Fact]
    public async Task GitHub_OlderThanThreeDays_IsRefused()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var (source, _) = await world.AddAsync(SignalSourceKind.GitHub, world.Service, Secret);
        var body = GitHub("success", "v1.0", "2026-11-07T11:58:00Z");

        var answer = await world.Catalog.Get<ReceiveGitHub.Handler>().HandleAsync(new ReceiveGitHub(source, "deployment_status", "d", Sign(body), body), source.Actor, Ct);

        Assert.Contains("3 days", answer.Refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deployment_status", "in_progress", "once it succeeded")]
    [InlineData("push", "success", "\"push\"")]
    [InlineData("ping", "success", "arrives")]
    public async Task GitHub_WhatIsNoSuccess_IsIgnoredWithAWord(string name, string state, string word)
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var (source, _) = await world.AddAsync(SignalSourceKind.GitHub, world.Service);
        var body = GitHub(state, "v1.0", "2026-11-10T11:58:00Z");

        var answer = (await world.Catalog.Get<ReceiveGitHub.Handler>().HandleAsync(new ReceiveGitHub(source, name, "d", null, body), source.Actor, Ct)).Require();

        Assert.Equal(WebhookVerdict.Ignored, answer.Verdict);
        Assert.Contains(word, answer.Sentence, StringComparison.Ordinal);
        Assert.Empty(await DeploymentsAsync(world));
    }

    [Fact]
    public async Task GitLab_ItsOwnDateAndToken_IsADeployment()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var (source, _) = await world.AddAsync(SignalSourceKind.GitLab, world.Service, "a token of gitlab");
        var body = Encoding.UTF8.GetBytes("""
            {"object_kind": "deployment", "status": "success", "status_changed_at": "2026-11-10 12:50:00 +0200", "deployment_id": 15, "deployable_id": 796, "deployable_url": "https://gitlab/job/1", "environment": "staging", "environment_tier": "staging",
             "project": {"id": 30, "path_with_namespace": "shop/checkout"}, "short_sha": "279484c0", "user": {}, "commit_url": "https://gitlab/shop/checkout/-/commit/279484c09fbe69ededfced8c1bb6e6d24616b468", "commit_title": "Add a file"}
            """);
        var receive = world.Catalog.Get<ReceiveGitLab.Handler>();

        Assert.Equal(WebhookVerdict.Forged, (await receive.HandleAsync(new(source, "a token of gitla", "1", body), source.Actor, Ct)).Require().Verdict);
        Assert.Equal(WebhookVerdict.Taken, (await receive.HandleAsync(new(source, "a token of gitlab", "1", body), source.Actor, Ct)).Require().Verdict);
        Assert.Equal(WebhookVerdict.Known, (await receive.HandleAsync(new(source, "a token of gitlab", "1", body), source.Actor, Ct)).Require().Verdict);

        var deployment = Assert.Single(await DeploymentsAsync(world));
        Assert.Equal(("279484c0", "staging", new DateTimeOffset(2026, 11, 10, 10, 50, 0, TimeSpan.Zero)), (deployment.Version, deployment.Environment, deployment.DeployedAt));
        Assert.Contains("279484c09fbe69ededfced8c1bb6e6d24616b468", deployment.Description, StringComparison.Ordinal);
    }

    private static byte[] GitHub(string state, string reference, string at) => Encoding.UTF8.GetBytes($$$"""
        {"action": "created", "deployment_status": {"id": 2, "state": "{{{state}}}", "environment": "production", "created_at": "{{{at}}}", "environment_url": "https://example.com/app"},
         "deployment": {"id": 1, "sha": "a84d88e7554fc1fa21bcbc4efae3c782a70d2b9d", "ref": "{{{reference}}}", "task": "deploy", "environment": "production", "payload": {}}, "repository": {"id": 9, "full_name": "shop/checkout", "html_url": "https://github.com/shop/checkout"}, "sender": {}}
        """);

    private static string Sign(byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));

    private static async Task<WebhookVerdict> SendAsync(SignalWorld world, KnownSource source, byte[] body, string delivery) =>
        (await world.Catalog.Get<ReceiveGitHub.Handler>().HandleAsync(new ReceiveGitHub(source, "deployment_status", delivery, Sign(body), body), source.Actor, Ct)).Require().Verdict;

    private static async Task<IReadOnlyList<DeploymentRow>> DeploymentsAsync(SignalWorld world) =>
        (await world.Catalog.Get<ListDeployments.Handler>().HandleAsync(new(world.Service), world.Catalog.Owner, Ct)).Require();
}
