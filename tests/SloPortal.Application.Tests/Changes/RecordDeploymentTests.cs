using SloPortal.Application.Changes;
using SloPortal.Application.Tests.Objectives;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Changes;

public sealed class RecordDeploymentTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Record_SameKeyTwiceAtOnce_IsOneDeployment()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var record = agreement.Get<RecordDeployment.Handler>();
        var request = new RecordDeployment(agreement.Service, "7.42", IdempotencyKey: "run-1");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => record.HandleAsync(request, agreement.Owner, Ct), Ct)));

        Assert.Single(outcomes.Select(o => o.Require().Id).Distinct());
        Assert.Single((await agreement.Get<ListDeployments.Handler>().HandleAsync(new(agreement.Service), agreement.Stakeholder, Ct)).Require());
    }

    [Fact]
    public async Task Record_SameKeyForAnotherVersion_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var record = agreement.Get<RecordDeployment.Handler>();
        (await record.HandleAsync(new(agreement.Service, "7.42", IdempotencyKey: "run-1"), agreement.Owner, Ct)).Require();

        Assert.Equal(RefusalKind.Conflict, (await record.HandleAsync(new(agreement.Service, "7.43", IdempotencyKey: "run-1"), agreement.Owner, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Record_AnHourAhead_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var outcome = await agreement.Get<RecordDeployment.Handler>().HandleAsync(new(agreement.Service, "7.42", DeployedAt: agreement.Now.AddHours(1)), agreement.Owner, Ct);

        Assert.Contains("1 h in the future", outcome.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_LinkWithAScript_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var outcome = await agreement.Get<RecordDeployment.Handler>().HandleAsync(new(agreement.Service, "7.42", Url: "javascript:alert(1)"), agreement.Owner, Ct);

        Assert.Equal(RefusalKind.Invalid, outcome.Refusal?.Kind);
    }

    [Fact]
    public async Task Record_TokenWithoutTheScope_IsDenied()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var token = agreement.Owner with { Kind = ActorKind.Token, Scopes = TokenScope.Read };

        Assert.Equal(RefusalKind.Denied, (await agreement.Get<RecordDeployment.Handler>().HandleAsync(new(agreement.Service, "7.42"), token, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Record_NobodyOfTheTeam_IsDenied()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var outcome = await agreement.Get<RecordDeployment.Handler>().HandleAsync(new(agreement.Service, "7.42"), agreement.Stakeholder, Ct);

        Assert.Contains("Payments", outcome.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Denied, outcome.Refusal.Kind);
    }
}
