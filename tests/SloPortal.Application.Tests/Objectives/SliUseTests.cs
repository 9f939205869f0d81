using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Common;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

public sealed class SliUseTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ArchiveSli_ObjectiveInForceUsesIt_IsRefusedNamingTheObjective()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct), Ct);

        var refusal = (await ArchiveAsync(agreement)).Refusal;

        Assert.Equal(RefusalKind.Conflict, refusal?.Kind);
        Assert.Equal("The objective Orders placed is measured by this SLI. Agree on another SLI for it or archive it first.", refusal!.Message);
        Assert.Null((await GetAsync(agreement)).ArchivedAt);
    }

    [Fact]
    public async Task ArchiveSli_VersionToComeUsesIt_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, terms: agreement.Terms(effectiveFrom: agreement.Now.AddDays(3))), Ct);

        var refusal = (await ArchiveAsync(agreement)).Refusal;

        Assert.Contains("Orders placed will be measured", refusal?.Message, StringComparison.Ordinal);
        Assert.Equal(SliUseState.Agreed, Assert.Single((await GetAsync(agreement)).UsedBy).State);
    }

    [Fact]
    public async Task ArchiveSli_ProposalNamesIt_IsRefusedUntilItIsWithdrawn()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var proposal = await agreement.ProposeAsync(Ct);

        Assert.Contains("A proposal for Orders placed", (await ArchiveAsync(agreement)).Refusal?.Message, StringComparison.Ordinal);
        (await agreement.Get<WithdrawProposal.Handler>().HandleAsync(new(proposal, "Not now."), agreement.Owner, Ct)).Require();

        Assert.True((await ArchiveAsync(agreement)).Succeeded);
    }

    [Fact]
    public async Task ArchiveSli_ObjectiveIsArchived_Succeeds()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct), Ct);
        (await agreement.Get<ArchiveObjective.Handler>().HandleAsync(new(agreement.Service, "orders-placed", "It ends."), agreement.Owner, Ct)).Require();

        Assert.True((await ArchiveAsync(agreement)).Succeeded);
        Assert.Empty((await GetAsync(agreement)).UsedBy);
    }

    [Fact]
    public async Task GetSli_ObjectiveInForceAndANewProposal_ShowsBoth()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct), Ct);
        await agreement.ProposeVersionAsync(agreement.Terms(99.5m), Ct);

        var users = (await GetAsync(agreement)).UsedBy;

        Assert.Equal([(SliUseState.InForce, 99.9m), (SliUseState.Proposed, 99.5m)], users.Select(u => (u.State, u.TargetPercent)));
        Assert.All(users, u => Assert.Equal((agreement.Service, "orders-placed", "7 days, rolling"), (u.Service, u.Slug, u.WindowPhrase)));
    }

    private static Task<Outcome<Done>> ArchiveAsync(Agreement agreement) =>
        agreement.Get<ArchiveSli.Handler>().HandleAsync(new ArchiveSli(agreement.SliId), agreement.Owner, Ct);

    private static async Task<SliDetails> GetAsync(Agreement agreement) =>
        (await agreement.Get<GetSli.Handler>().HandleAsync(new GetSli(agreement.SliId), agreement.Owner, Ct)).Require();
}
