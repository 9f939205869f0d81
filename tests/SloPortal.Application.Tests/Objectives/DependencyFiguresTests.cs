using SloPortal.Application.Catalog;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

/// <summary>Ceilings and figures without externals from counts in the database. A day has 1,440 minutes.</summary>
public sealed class DependencyFiguresTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int Day = 24 * 60;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ceiling_TwoMeasuredServicesAndOneThatIsNot_HasBothFiguresAndNamesWhatIsLeftOut()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var administrator = Administrator(agreement);
        await DependOnMeasuredAsync(agreement, administrator, "payments", from: 100, to: 172);
        await DependOnMeasuredAsync(agreement, administrator, "ledger", from: 100, to: 172);
        await DependOnServiceAsync(agreement, administrator, "mail");

        var ceiling = (await agreement.Get<GetCeiling.Handler>().HandleAsync(new GetCeiling(agreement.Service, 1), agreement.Owner, Ct)).Require();

        var known = ceiling.Reading!.Ceiling!;
        Assert.Equal(1 - 72d / Day, known.Observed, 1e-9);
        Assert.Equal(Math.Pow(1 - 72d / Day, 2), known.Independent, 1e-9);
        Assert.StartsWith("Outages coincide", known.Why, StringComparison.Ordinal);
        Assert.Equal("mail", Assert.Single(ceiling.Reading.LeftOut).Name);
        Assert.Equal(Day, known.Minutes);
        Assert.Equal(3, ceiling.Measures.Count(m => m.SliId is not null));
    }

    [Fact]
    public async Task Preview_TargetAboveTheCeiling_IsChallengedAndNotOnceVendorsAreLeftOut()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await DependOnVendorAsync(agreement, Administrator(agreement), outage: (Day, Day + 72));

        var counted = await FindingsAsync(agreement, ExternalFailures.Counted);
        var leftOut = await FindingsAsync(agreement, ExternalFailures.LeftOut);

        Assert.Contains("The weakest is Acme", Assert.Single(counted, f => f.Rule == FeasibilityRule.TargetIsAboveTheDependencies).Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(leftOut, f => f.Rule == FeasibilityRule.TargetIsAboveTheDependencies);
    }

    [Fact]
    public async Task Externals_OutageThatWasEntered_LeavesItsMinutesOutAndSaysWhereTheyAreKnownFrom()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await DependOnVendorAsync(agreement, Administrator(agreement), outage: (Day, Day + 60));
        await agreement.CountAsync(Enumerable.Range(Day, 60).Select(ago => (agreement.Now.AddMinutes(-ago - 1), 0d, 100d)), Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, terms: agreement.Terms() with { Externals = ExternalFailures.LeftOut }), Ct);

        var view = (await agreement.Get<GetExternals.Handler>().HandleAsync(new GetExternals(agreement.Service, "orders-placed"), agreement.Owner, Ct)).Require()!;

        Assert.Equal(60, view.MinutesLeftOut);
        Assert.Equal(ExternalFailures.LeftOut, view.Promised);
        var stretch = Assert.Single(view.Stretches);
        Assert.Equal(("A call", (int?)null), (stretch.Source, stretch.SliId));
        Assert.True(view.OwnAttained > view.Attained);
        // 6,000 failed in the outage; of the SLI's own rows four fall into that hour.
        Assert.Equal(view.Total - 6000 - 4 * 1000, view.OwnTotal, 1e-6);
    }

    [Fact]
    public async Task Externals_NoVendorIsNeeded_HasNoFigures()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct), Ct);

        Assert.Null((await agreement.Get<GetExternals.Handler>().HandleAsync(new GetExternals(agreement.Service, "orders-placed"), agreement.Owner, Ct)).Value);
    }

    private static Actor Administrator(Agreement agreement) =>
        new() { Kind = ActorKind.Person, PersonId = agreement.Owner.PersonId, Name = "Ada", Roles = [Role.Administrator] };

    private static async Task<string> DependOnServiceAsync(Agreement agreement, Actor actor, string name)
    {
        var slug = $"{name}-{agreement.Service[^8..]}";
        (await agreement.Get<CreateService.Handler>().HandleAsync(new CreateService(slug, name, "", ServiceTier.Standard, "team-" + agreement.Service, []), actor, Ct)).Require();
        (await agreement.Get<AddDependency.Handler>().HandleAsync(new AddDependency(agreement.Service, slug, null), actor, Ct)).Require();
        return slug;
    }

    /// <summary>One day of minutes, all good but for those that began so many minutes ago.</summary>
    private static async Task DependOnMeasuredAsync(Agreement agreement, Actor actor, string name, int from, int to)
    {
        var slug = await DependOnServiceAsync(agreement, actor, name);
        var sli = (await agreement.Get<CreateSli.Handler>().HandleAsync(new CreateSli(slug, "up", "Up", "", null, new SliDraft { Kind = SliKind.Pushed }), actor, Ct)).Require();
        await agreement.CountAsync(Enumerable.Range(1, Day).Select(ago => (agreement.Now.AddMinutes(-ago), ago > from && ago <= to ? 0d : 10d, 10d)), Ct, sli);
    }

    private static async Task DependOnVendorAsync(Agreement agreement, Actor actor, (int From, int To) outage)
    {
        var slug = "acme-" + agreement.Service[^8..];
        (await agreement.Get<CreateVendor.Handler>().HandleAsync(new CreateVendor(slug, "Acme", "", "team-" + agreement.Service), actor, Ct)).Require();
        (await agreement.Get<AddDependency.Handler>().HandleAsync(new AddDependency(agreement.Service, null, slug), actor, Ct)).Require();
        (await agreement.Get<RecordOutage.Handler>().HandleAsync(
            new RecordOutage(slug, agreement.Now.AddMinutes(-outage.To), agreement.Now.AddMinutes(-outage.From), "A call", "Away."), actor, Ct)).Require();
    }

    private static async Task<IReadOnlyList<FeasibilityFinding>> FindingsAsync(Agreement agreement, ExternalFailures externals) =>
        (await agreement.Get<PreviewProposal.Handler>().HandleAsync(new PreviewProposal(agreement.Service, "orders", 99.9m, "rolling 7d", Externals: externals), agreement.Owner, Ct)).Require().Findings;
}
