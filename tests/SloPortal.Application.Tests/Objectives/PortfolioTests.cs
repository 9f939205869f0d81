using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Catalog;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Catalog.Scoring;
using SloPortal.Application.Objectives.Portfolio;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Common;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

public sealed class PortfolioTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_ServiceThatNeedsAnObjective_IsMissingThenWaitingThenMet()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        Assert.Equal(PortfolioStanding.NotRequired, (await RowAsync(agreement)).Standing);

        (await DescribeAsync(agreement, version: null)).Require();
        Assert.Equal((PortfolioStanding.Missing, PromiseKind.ContractualSla), (await RowAsync(agreement) is var row ? (row.Standing, row.Promise) : default));

        var proposal = await agreement.ProposeAsync(Ct);
        Assert.Equal(PortfolioStanding.Waiting, (await RowAsync(agreement)).Standing);

        await agreement.SignByBothAsync(proposal, Ct);
        var met = await RowAsync(agreement);
        Assert.Equal((PortfolioStanding.Met, 1), (met.Standing, met.InForce));
    }

    [Fact]
    public async Task List_Always_HasWhatIsMissingFirst()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        (await DescribeAsync(agreement, version: null)).Require();

        var list = (await agreement.Get<ListPortfolio.Handler>().HandleAsync(new ListPortfolio(Size: 200), agreement.Owner, Ct)).Require();

        Assert.Equal(list.Page.Items.Select(r => r.Standing).Order(), list.Page.Items.Select(r => r.Standing));
        Assert.Equal(list.Page.Total, list.Counts.Values.Sum());
        Assert.Equal(RefusalKind.Invalid, (await agreement.Get<ListPortfolio.Handler>().HandleAsync(new ListPortfolio(Page: 0), agreement.Owner, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Score_DependantsInTheGraph_AreCountedDirectAndAtAnyLevelOverHardEdges()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var administrator = new Actor { Kind = ActorKind.Person, PersonId = agreement.Owner.PersonId, Name = "Ada", Roles = [Role.Administrator] };
        var (near, far, soft) = (await AddAsync(agreement, administrator, "near"), await AddAsync(agreement, administrator, "far"), await AddAsync(agreement, administrator, "soft"));
        var add = agreement.Get<AddDependency.Handler>();
        (await add.HandleAsync(new AddDependency(near, agreement.Service, null), administrator, Ct)).Require();
        (await add.HandleAsync(new AddDependency(far, near, null), administrator, Ct)).Require();
        (await add.HandleAsync(new AddDependency(soft, agreement.Service, null, Domain.Catalog.Dependencies.DependencyKind.Soft), administrator, Ct)).Require();

        var score = await ScoreAsync(agreement);

        Assert.Equal((2, 2), (score.DirectDependants, score.AllDependants));
        Assert.Equal(2, score.Inputs.Dependants);
    }

    [Fact]
    public async Task Override_ThenTakenBack_LeavesTheScorecardToDecideAndBothInTheAudit()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var decide = new OverrideScore(agreement.Service, ServiceTier.Critical, PromiseKind.Slo, "The board looks at it.");
        Assert.Contains("Rationale", (await agreement.Get<OverrideScore.Handler>().HandleAsync(decide with { Rationale = " " }, agreement.Owner, Ct)).Refusal!.Fields!.Keys);
        Assert.Equal(RefusalKind.Denied, (await agreement.Get<OverrideScore.Handler>().HandleAsync(decide, agreement.Stakeholder, Ct)).Refusal?.Kind);

        (await agreement.Get<OverrideScore.Handler>().HandleAsync(decide, agreement.Owner, Ct)).Require();
        var held = await ScoreAsync(agreement);
        Assert.Equal((PromiseKind.Slo, PromiseKind.BestEffort, "Olga Owner"), (held.Promise, held.Score.Promise, held.Override!.By));
        Assert.Equal(PortfolioStanding.Missing, (await RowAsync(agreement)).Standing);

        (await agreement.Get<TakeBackOverride.Handler>().HandleAsync(new TakeBackOverride(agreement.Service), agreement.Owner, Ct)).Require();
        Assert.Equal(PromiseKind.BestEffort, (await ScoreAsync(agreement)).Promise);
        Assert.Equal(RefusalKind.Conflict, (await agreement.Get<TakeBackOverride.Handler>().HandleAsync(new TakeBackOverride(agreement.Service), agreement.Owner, Ct)).Refusal?.Kind);
        await using var db = await agreement.OpenAsync(Ct);
        var id = agreement.ServiceId.ToString();
        Assert.Equal(["service.scoreOverridden", "service.overrideTakenBack"], await db.AuditEntries.Where(e => e.SubjectId == id).OrderBy(e => e.Number).Select(e => e.Action).ToListAsync(Ct));
    }

    [Fact]
    public async Task Describe_VersionMovedOnUnknownFrameworkOrCurrency_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        (await DescribeAsync(agreement, version: null)).Require();

        Assert.Equal(RefusalKind.Conflict, (await DescribeAsync(agreement, version: null)).Refusal?.Kind);
        var version = (await ScoreAsync(agreement)).ImpactVersion;
        Assert.Contains("Frameworks", (await DescribeAsync(agreement, version, framework: "SOX")).Refusal!.Fields!.Keys);
        Assert.Contains("no rate for CHF", (await DescribeAsync(agreement, version, currency: "CHF")).Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeScorecard_WeightsThatDoNotSumOrOldVersionOrNoAdministrator_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var administrator = new Actor { Kind = ActorKind.Person, PersonId = agreement.Owner.PersonId, Name = "Ada", Roles = [Role.Administrator] };
        var change = agreement.Get<ChangeScorecard.Handler>();
        var view = (await agreement.Get<GetScorecard.Handler>().HandleAsync(new GetScorecard(), agreement.Owner, Ct)).Require();
        var card = view.Card with { Criteria = [.. view.Card.Criteria.Select((c, i) => i == 0 ? c with { Weight = c.Weight + 0.5m } : c)] };

        Assert.Contains("must make 1, or 100 %", (await change.HandleAsync(new ChangeScorecard(card, "More revenue.", view.Version), administrator, Ct)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Denied, (await change.HandleAsync(new ChangeScorecard(view.Card, "Same.", view.Version), agreement.Owner, Ct)).Refusal?.Kind);
        (await change.HandleAsync(new ChangeScorecard(view.Card with { Source = view.Card.Source + " Looked at." }, "Looked at.", view.Version), administrator, Ct)).Require();
        Assert.Equal(RefusalKind.Conflict, (await change.HandleAsync(new ChangeScorecard(view.Card, "Back.", view.Version), administrator, Ct)).Refusal?.Kind);
    }

    private static Task<Outcome<Done>> DescribeAsync(Agreement agreement, uint? version, string framework = "PCI DSS", string currency = "EUR") =>
        agreement.Get<DescribeImpact.Handler>().HandleAsync(new DescribeImpact(agreement.Service, 200_000, currency, 200_000, [framework], 25, version), agreement.Owner, Ct);

    private static async Task<PortfolioRow> RowAsync(Agreement agreement) =>
        Assert.Single((await agreement.Get<ListPortfolio.Handler>().HandleAsync(new ListPortfolio(agreement.Service), agreement.Owner, Ct)).Require().Page.Items);

    private static async Task<ScoreDetail> ScoreAsync(Agreement agreement) =>
        (await agreement.Get<GetScore.Handler>().HandleAsync(new GetScore(agreement.Service), agreement.Owner, Ct)).Require();

    private static async Task<string> AddAsync(Agreement agreement, Actor actor, string name)
    {
        var slug = $"{name}-{agreement.Service[^8..]}";
        (await agreement.Get<CreateService.Handler>().HandleAsync(new CreateService(slug, name, "", ServiceTier.Standard, "team-" + agreement.Service, []), actor, Ct)).Require();
        return slug;
    }
}
