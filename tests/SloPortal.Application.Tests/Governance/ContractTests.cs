using SloPortal.Application.Catalog.Scoring;
using SloPortal.Application.Governance;
using SloPortal.Application.Objectives.Portfolio;
using SloPortal.Application.Tests.Objectives;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Governance;

public sealed class ContractTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_FailuresInAndOutsideExclusions_ChargesOnlyThoseOutside()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var sli = await PushedAsync(agreement);
        // An hour of full failure in October, another that is left out, an hour in November, and traffic of 100 a minute around it.
        await CountAsync(agreement, sli, new(2026, 10, 5, 10, 0, 0, TimeSpan.Zero), 60, bad: 100);
        await CountAsync(agreement, sli, new(2026, 10, 6, 10, 0, 0, TimeSpan.Zero), 60, bad: 100);
        await CountAsync(agreement, sli, new(2026, 10, 20, 0, 0, 0, TimeSpan.Zero), 2880, bad: 0);
        await CountAsync(agreement, sli, new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero), 60, bad: 100);
        await CountAsync(agreement, sli, new(2026, 11, 3, 0, 0, 0, TimeSpan.Zero), 5940, bad: 0);
        var id = (await CreateAsync(agreement)).Require();
        (await agreement.Get<ExcludeFromContract.Handler>().HandleAsync(
            new(id, new(2026, 10, 6, 10, 0, 20, TimeSpan.Zero), new(2026, 10, 6, 10, 59, 40, TimeSpan.Zero), "Announced on 1 October."), agreement.Owner, Ct)).Require();

        var contract = await GetAsync(agreement, id);

        var (november, october) = (contract.Periods[0], contract.Periods[1]);
        Assert.Equal((6000d, 288_000d + 6000, 6000d, false), (october.Bad, october.Total, october.BadLeftOut, october.Running));
        // 97.96 %: the tier below 99 % is due, 25 % of 1,000.
        Assert.Equal((25m, 250m, 250m, 250m), (october.CreditPercent, october.Credit, october.Certain, october.AtMost));
        // 99.0 % so far; at best over the month 99.68 %.
        Assert.Equal((10m, 100m, 100m, 1000m), (november.CreditPercent, november.Credit, november.Certain, november.AtMost));
        Assert.True(november.Running);
        Assert.Equal("No objective in force watches what this contract promises.", contract.Conflict);

        (await agreement.Get<WithdrawExclusion.Handler>().HandleAsync(new(id, contract.Exclusions[0].Id, "It was announced too late."), agreement.Owner, Ct)).Require();
        Assert.Equal((12_000d, 0d), ((await GetAsync(agreement, id)).Periods[1].Bad, (await GetAsync(agreement, id)).Periods[1].BadLeftOut));
    }

    [Fact]
    public async Task List_ObjectiveThatPromisesLess_IsAConflict()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, terms: agreement.Terms(99.5m)), Ct);
        var strict = (await CreateAsync(agreement, "orders", customer: "Strict")).Require();
        var loose = (await CreateAsync(agreement, "orders", customer: "Loose", target: 99.5m, tier: 99.5m)).Require();

        var list = (await agreement.Get<ListContracts.Handler>().HandleAsync(new ListContracts(Service: agreement.Service), agreement.Owner, Ct)).Require();

        Assert.Contains("promises 99.5 %, less than the 99.9 %", list.Contracts.Items.Single(c => c.Id == strict).Conflict, StringComparison.Ordinal);
        Assert.Null(list.Contracts.Items.Single(c => c.Id == loose).Conflict);
        Assert.Equal(1, list.Conflicts);
        Assert.Equal("EUR", Assert.Single(list.Exposures).Currency);
        var score = (await agreement.Get<GetScore.Handler>().HandleAsync(new GetScore(agreement.Service), agreement.Owner, Ct)).Require();
        Assert.Equal((null, 2, 2), (score.ContractsGiven, score.ContractsInTerm, score.Inputs.Contracts));
        var portfolio = (await agreement.Get<ListPortfolio.Handler>().HandleAsync(new ListPortfolio(agreement.Service, Conflicts: true), agreement.Owner, Ct)).Require();
        Assert.StartsWith("Strict: Orders placed promises 99.5 %", Assert.Single(Assert.Single(portfolio.Page.Items).Conflicts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_DatesThatOverlap_IsRefusedAndAfterTheEndItIsNot()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var first = (await CreateAsync(agreement, "orders")).Require();

        var second = await CreateAsync(agreement, "orders", from: new(2027, 1, 1));
        Assert.Contains($"already has contract {first}", second.Refusal!.Message, StringComparison.Ordinal);
        (await agreement.Get<EndContract.Handler>().HandleAsync(new(first, new(2026, 12, 31), "Renewed on other terms."), agreement.Owner, Ct)).Require();
        (await CreateAsync(agreement, "orders", from: new(2027, 1, 1))).Require();

        Assert.Equal("Renewed on other terms.", (await GetAsync(agreement, first)).EndReason);
    }

    [Fact]
    public async Task Create_ByAStranger_IsDenied()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var stranger = await agreement.AddPersonAsync("Nils Other", Ct, member: false, Role.ServiceOwner);

        Assert.Equal(RefusalKind.Denied, (await CreateAsync(agreement, "orders", by: stranger)).Refusal!.Kind);
    }

    private static async Task<int> PushedAsync(Agreement agreement) => (await agreement.Get<Application.Measurement.Slis.CreateSli.Handler>().HandleAsync(
        new(agreement.Service, "answers", "Answers", "", null, new() { Kind = Application.Measurement.Slis.SliKind.Pushed }), agreement.Owner, Ct)).Require();

    private static Task CountAsync(Agreement agreement, int sli, DateTimeOffset from, int minutes, double bad) =>
        agreement.CountAsync(Enumerable.Range(0, minutes).Select(i => (from.AddMinutes(i), 100 - bad, 100d)), Ct, sli);

    private static Task<Outcome<int>> CreateAsync(
        Agreement agreement, string sli = "answers", string customer = "Larkfield", decimal target = 99.9m, decimal tier = 99.9m, DateOnly? from = null, Actor? by = null) =>
        agreement.Get<CreateContract.Handler>().HandleAsync(
            new(customer, agreement.Service, sli, target, "calendar month UTC", from ?? new(2026, 10, 1), null, "EUR", 1000m, [new CreditTier(tier, 10m), new(99m, 25m), new(90m, 100m)]),
            by ?? agreement.Owner, Ct);

    private static async Task<ContractDetail> GetAsync(Agreement agreement, int id) => (await agreement.Get<GetContract.Handler>().HandleAsync(new(id), agreement.Stakeholder, Ct)).Require();
}
