using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Budgets;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Catalog;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Application.Measurement;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

/// <summary>
/// Objectives that leave out failures of vendors: what their budgets are counted from follows whatever changes about vendors. Checkout
/// needs payments, which needs the vendor.
/// </summary>
public sealed class ExternalsLeftOutTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("occurrences")]
    [InlineData("timeslices 5m 99")]
    [InlineData("ratio timeslices 1m")]
    public async Task Budget_WhateverChangesAboutVendors_IsTheFigureSideBySide(string method)
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var world = await World.BuildAsync(agreement);
        var hour = MinuteClock.Floor(agreement.Now, TimeSpan.FromHours(1)).AddHours(-30);
        await agreement.CountAsync(Enumerable.Range(0, 180).Where(i => i % 15 != 0).Select(i => (hour.AddMinutes(i), i % 3 == 0 ? 20d : 50d, 50d)), Ct);
        var first = await world.EnterAsync(hour.AddMinutes(12).AddSeconds(20), hour.AddMinutes(48).AddSeconds(5));
        var version = await AgreeAsync(agreement, method, ExternalFailures.LeftOut);

        await AssertCountedAsync(agreement, version, [(hour.AddMinutes(12), 37)]);

        // Entered after it was agreed, over the end of an hour; and samples that come late into it.
        await world.EnterAsync(hour.AddMinutes(55), hour.AddMinutes(70));
        await AssertCountedAsync(agreement, version, [(hour.AddMinutes(12), 37), (hour.AddMinutes(55), 15)]);
        await agreement.CountAsync([(hour.AddMinutes(20), 3, 400), (hour.AddMinutes(47), 0, 70), (hour.AddMinutes(49), 1, 90)], Ct);
        await AssertCountedAsync(agreement, version, [(hour.AddMinutes(12), 37), (hour.AddMinutes(55), 15)]);

        (await agreement.Get<WithdrawOutage.Handler>().HandleAsync(new(world.Vendor, first, "It was another vendor."), world.Administrator, Ct)).Require();
        await AssertCountedAsync(agreement, version, [(hour.AddMinutes(55), 15)]);

        // Now an SLI measures the vendor as well: half of a minute's events is an outage, and what comes late may make or end one.
        var measured = (await agreement.Get<CreateSli.Handler>().HandleAsync(new(agreement.Service, "acme", "Acme answers", "", null, new SliDraft { Kind = SliKind.Pushed }), agreement.Owner, Ct)).Require();
        await agreement.CountAsync([(hour.AddMinutes(100), 5, 10), (hour.AddMinutes(101), 6, 10), (hour.AddMinutes(102), 0, 10)], Ct, measured);
        (await agreement.Get<MeasureVendor.Handler>().HandleAsync(new(world.Vendor, measured), world.Administrator, Ct)).Require();
        await AssertCountedAsync(agreement, version, [(hour.AddMinutes(55), 15), (hour.AddMinutes(100), 1), (hour.AddMinutes(102), 1)]);
        await agreement.CountAsync([(hour.AddMinutes(101), 0, 10), (hour.AddMinutes(102), 30, 30)], Ct, measured);
        await AssertCountedAsync(agreement, version, [(hour.AddMinutes(55), 15), (hour.AddMinutes(100), 2)]);

        // Another vendor that can stand in takes the outage away; without it, it is back.
        var other = await world.GroupAsync("acquirers");
        await AssertCountedAsync(agreement, version, []);
        (await agreement.Get<RemoveDependency.Handler>().HandleAsync(new(world.Payments, other), world.Administrator, Ct)).Require();
        await AssertCountedAsync(agreement, version, [(hour.AddMinutes(55), 15), (hour.AddMinutes(100), 2)]);

        (await agreement.Get<RemoveDependency.Handler>().HandleAsync(new(agreement.Service, world.OnPayments), world.Administrator, Ct)).Require();
        await AssertCountedAsync(agreement, version, [], vendorIsNeeded: false);
        Assert.Equal([agreement.SliId], await SourcesAsync(agreement, version));
    }

    [Fact]
    public async Task Evaluate_AllFailsWhileAVendorIsOut_AlertsOnlyWhatCountsIt()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var world = await World.BuildAsync(agreement);
        var own = await AgreeAsync(agreement, "occurrences", ExternalFailures.LeftOut);
        var seen = await AgreeAsync(agreement, "occurrences", ExternalFailures.Counted, "seen");
        var outage = await world.EnterAsync(agreement.Now, null);
        await agreement.CountAsync(Enumerable.Range(0, 90).Select(i => (agreement.Now.AddMinutes(i), 0d, 100d)), Ct);
        agreement.Clock.Advance(TimeSpan.FromMinutes(90));

        await EvaluateAsync(agreement);
        Assert.Equal((0, true), (await FiringAsync(agreement, own), await FiringAsync(agreement, seen) > 0));
        Assert.Equal(["Acme"], (await StandingAsync(agreement, "orders-placed")).WithoutVendors!);
        Assert.Null((await StandingAsync(agreement, "seen")).WithoutVendors);

        (await agreement.Get<WithdrawOutage.Handler>().HandleAsync(new(world.Vendor, outage, "It was us."), world.Administrator, Ct)).Require();
        await EvaluateAsync(agreement);
        Assert.True(await FiringAsync(agreement, own) > 0);
    }

    [Fact]
    public async Task Budget_OfAJourney_LeavesOutTheMinutesOfVendorsOfItsService()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var world = await World.BuildAsync(agreement);
        var other = (await agreement.Get<CreateSli.Handler>().HandleAsync(new(agreement.Service, "cart", "Cart", "", null, new SliDraft { Kind = SliKind.Pushed }), agreement.Owner, Ct)).Require();
        await agreement.CountAsync(Enumerable.Range(1, 200).Select(i => (agreement.Now.AddMinutes(-i), i % 7 == 0 ? 1d : 4d, 4d)), Ct, other);
        (await agreement.Get<CreateSli.Handler>().HandleAsync(
            new(agreement.Service, "buying", "Buying", "", null, new SliDraft { Kind = SliKind.Composite, Rule = CompositeRule.WorstOf, Parts = [new(agreement.SliId, 0), new(other, 0)] }), agreement.Owner, Ct)).Require();
        await EvaluateAsync(agreement);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, "buying", agreement.Terms(90m) with { Sli = "buying", Externals = ExternalFailures.LeftOut }), Ct);
        await EvaluateAsync(agreement);
        var now = agreement.Now;
        var before = await StandingAsync(agreement, "buying");

        await world.EnterAsync(now.AddMinutes(-105), now.AddMinutes(-70));
        await EvaluateAsync(agreement);

        var standing = await StandingAsync(agreement, "buying");
        Assert.Equal(("minutes", before.Total - 35), (standing.Unit, standing.Total));
        Assert.Equal(before.Good - 35 + 5 * 0.75, standing.Good, 1e-9);
        var view = (await agreement.Get<GetExternals.Handler>().HandleAsync(new(agreement.Service, "buying"), agreement.Owner, Ct)).Require()!;
        Assert.Equal(view.OwnTotal, standing.Total);
        Assert.Equal(view.OwnGood, standing.Good, 1e-9);
        var shown = (await agreement.Get<GetContributions.Handler>().HandleAsync(new(agreement.Service, "buying"), agreement.Owner, Ct)).Require()!;
        Assert.Equal(standing.Total - standing.Good, shown.LostMinutes, 1e-9);
    }

    [Fact]
    public async Task Evidence_WithoutFailuresOfVendors_IsOfTheMinutesThatAreLeft()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var world = await World.BuildAsync(agreement);
        var from = agreement.Now.AddDays(-5);
        await agreement.CountAsync(Enumerable.Range(1, 60).Select(i => (from.AddMinutes(i), 0d, 1000d)), Ct);

        var (before, methodsBefore) = (await PreviewAsync(), await CompareAsync());
        await world.EnterAsync(from, from.AddMinutes(62));
        var (after, methodsAfter) = (await PreviewAsync(), await CompareAsync());

        Assert.Equal((from.AddMinutes(1), (DateTimeOffset?)null), (before.LongestOutage!.From, after.LongestOutage?.From));
        Assert.True(after.Worst!.Attained > 0.999 && before.Worst!.Attained < 0.99);
        Assert.All(methodsBefore.Verdicts.Zip(methodsAfter.Verdicts), v => Assert.True(v.Second.MetShare > v.First.MetShare || v.First.Windows == 0));

        async Task<ProposalEvidence> PreviewAsync() => (await agreement.Get<PreviewProposal.Handler>().HandleAsync(
            new(agreement.Service, "orders", 99.8m, "rolling 7d", Externals: ExternalFailures.LeftOut), agreement.Owner, Ct)).Require();

        async Task<MethodsCompared> CompareAsync() => (await agreement.Get<CompareMethods.Handler>().HandleAsync(
            new(agreement.Service, "orders", 99.8m, "rolling 7d", 5, 95m, ExternalFailures.LeftOut), agreement.Owner, Ct)).Require();
    }

    [Fact]
    public async Task Migrate_VersionSignedBeforeItWasCountedSo_IsCountedAsItWasSigned()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var world = await World.BuildAsync(agreement);
        await world.EnterAsync(agreement.Now.AddHours(-3), agreement.Now.AddHours(-2));
        var version = await AgreeAsync(agreement, "occurrences", ExternalFailures.LeftOut);
        // As the portal of that time had it.
        await ExecuteAsync(agreement,
            $"""
            ALTER TABLE objective_versions DISABLE TRIGGER objective_versions_append_only;
            UPDATE objective_versions SET counts_id = sli_id WHERE id = '{version.Id}';
            ALTER TABLE objective_versions ENABLE TRIGGER objective_versions_append_only;
            DELETE FROM sliced_slis WHERE id = {version.CountsId};
            DELETE FROM derived_counts WHERE sli_id = {version.CountsId};
            DELETE FROM derived_hours_due WHERE sli_id = {version.CountsId};
            """);
        await EvaluateAsync(agreement);
        Assert.Equal(7 * 24 * 4 * 1000d, (await StandingAsync(agreement, "orders-placed")).Total);

        await ExecuteAsync(agreement, SqlResource.Read("externals_left_out_versions"));
        Assert.Contains("being counted", (await StandingAsync(agreement, "orders-placed")).Sentence, StringComparison.Ordinal);
        await EvaluateAsync(agreement);

        Assert.Equal((7 * 24 - 1) * 4 * 1000d, (await StandingAsync(agreement, "orders-placed")).Total);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(agreement, $"UPDATE objective_versions SET counts_id = sli_id WHERE id = '{version.Id}'"))).SqlState);
    }

    private static async Task<ObjectiveVersion> AgreeAsync(Agreement agreement, string method, ExternalFailures externals, string slug = "orders-placed")
    {
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, slug, agreement.Terms(99m) with { Method = method, Externals = externals }), Ct);
        await using var db = await agreement.OpenAsync(Ct);
        return await db.ObjectiveVersions.SingleAsync(v => db.Objectives.Any(o => o.Id == v.ObjectiveId && o.ServiceId == agreement.ServiceId && o.Slug == slug), Ct);
    }

    /// <summary>After an evaluation, the stored minutes, the budget and the page are what is left of all minutes without those given.</summary>
    private static async Task AssertCountedAsync(Agreement agreement, ObjectiveVersion version, (DateTimeOffset From, int Minutes)[] lost, bool vendorIsNeeded = true)
    {
        agreement.Clock.Advance(TimeSpan.FromMinutes(1));
        await EvaluateAsync(agreement);
        var counts = agreement.Get<SliCounts>();
        var all = new Interval(agreement.Now.AddDays(-30), version.Method.Floor(agreement.Now));
        var left = (await counts.BucketsAsync(agreement.SliId, all, BucketSize.Minute, Ct)).Where(b => !lost.Any(l => b.Start >= l.From && b.Start < l.From.AddMinutes(l.Minutes))).ToList();
        var expected = version.Method.Count(MinuteCounts.FromBuckets(new(MinuteClock.Floor(all.Start, TimeSpan.FromHours(1)), all.End), left));
        var stored = (await counts.BucketsAsync(version.CountsId, all, BucketSize.Minute, Ct)).Where(b => b.Counts.HasData).ToList();
        Assert.Equal(Enumerable.Range(0, expected.Minutes).Where(i => expected.In(i, i + 1).HasData).Select(i => expected.Start.AddMinutes(i)), stored.Select(b => b.Start));
        Assert.All(stored, b => Assert.Equal(expected.In(new Interval(b.Start, b.Start.AddMinutes(1))).Good, b.Counts.Good, 1e-9));

        var window = version.Window.At(all.End);
        await using var db = await agreement.OpenAsync(Ct);
        var state = await db.BudgetStates.AsNoTracking().SingleAsync(s => s.ObjectiveId == version.ObjectiveId, Ct);
        Assert.Equal((all.End, expected.In(window).Total), (state.EvaluatedAt, state.Total));
        Assert.Equal(expected.In(window).Good, state.Good, 1e-6);
        var view = (await agreement.Get<GetExternals.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Owner, Ct)).Require();
        Assert.Equal(vendorIsNeeded, view is not null);
        if (view is null)
            return;
        Assert.Equal((state.Total, version.Method.Unit), (view.OwnTotal, view.Unit));
        Assert.Equal(state.Good, view.OwnGood, 1e-6);
        Assert.Equal(lost.Sum(l => l.Minutes), view.MinutesLeftOut);
    }

    private static async Task<IReadOnlyList<int>> SourcesAsync(Agreement agreement, ObjectiveVersion version)
    {
        await using var db = await agreement.OpenAsync(Ct);
        return await db.Database.SqlQuery<int>($"SELECT from_sli_id AS \"Value\" FROM derived_counts WHERE sli_id = {version.CountsId}").ToListAsync(Ct);
    }

    private static async Task<int> FiringAsync(Agreement agreement, ObjectiveVersion version)
    {
        await using var db = await agreement.OpenAsync(Ct);
        return await db.Alerts.CountAsync(a => a.ObjectiveId == version.ObjectiveId && a.ResolvedAt == null && a.Severity == AlertSeverity.Page, Ct);
    }

    private static async Task<Standing> StandingAsync(Agreement agreement, string slug)
    {
        // Readings are shared for some seconds.
        agreement.Clock.Advance(TimeSpan.FromSeconds(6));
        return (await agreement.Get<GetStanding.Handler>().HandleAsync(new(agreement.Service, slug), agreement.Owner, Ct)).Require()!;
    }

    private static Task EvaluateAsync(Agreement agreement) =>
        new EvaluateBudgets(agreement.Get<NpgsqlDataSource>(), agreement.Get<IDbContextFactory<PortalDbContext>>()).RunAsync(agreement.Now, Ct);

    private static async Task ExecuteAsync(Agreement agreement, string sql)
    {
        await using var command = agreement.Get<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>What the service of an agreement needs.</summary>
    private sealed record World(Agreement Agreement, Actor Administrator, string Payments, string Vendor, Guid OnPayments, Guid OnVendor)
    {
        public static async Task<World> BuildAsync(Agreement agreement)
        {
            var administrator = new Actor { Kind = ActorKind.Person, PersonId = agreement.Owner.PersonId, Name = "Ada", Roles = [Role.Administrator] };
            var (team, payments, vendor) = ("team-" + agreement.Service, "payments-" + agreement.Service[^8..], "acme-" + agreement.Service[^8..]);
            (await agreement.Get<CreateService.Handler>().HandleAsync(new(payments, "Payments", "", ServiceTier.Standard, team, []), administrator, Ct)).Require();
            (await agreement.Get<CreateVendor.Handler>().HandleAsync(new(vendor, "Acme", "", team), administrator, Ct)).Require();
            var onPayments = (await agreement.Get<AddDependency.Handler>().HandleAsync(new(agreement.Service, payments, null), administrator, Ct)).Require();
            var onVendor = (await agreement.Get<AddDependency.Handler>().HandleAsync(new(payments, null, vendor), administrator, Ct)).Require();
            return new(agreement, administrator, payments, vendor, onPayments, onVendor);
        }

        public async Task<Guid> EnterAsync(DateTimeOffset from, DateTimeOffset? to) =>
            (await Agreement.Get<RecordOutage.Handler>().HandleAsync(new(Vendor, from, to, "A call", "Away."), Administrator, Ct)).Require();

        /// <summary>A second vendor, of which and the first one is enough.</summary>
        /// <returns>The dependency on it.</returns>
        public async Task<Guid> GroupAsync(string group)
        {
            (await Agreement.Get<CreateVendor.Handler>().HandleAsync(new("spare-" + Vendor, "Spare", "", "team-" + Agreement.Service), Administrator, Ct)).Require();
            var added = (await Agreement.Get<AddDependency.Handler>().HandleAsync(new(Payments, null, "spare-" + Vendor, Group: group), Administrator, Ct)).Require();
            await using var db = await Agreement.OpenAsync(Ct);
            var version = (await db.Dependencies.AsNoTracking().SingleAsync(d => d.Id == OnVendor, Ct)).Version;
            (await Agreement.Get<ChangeDependency.Handler>().HandleAsync(new(Payments, OnVendor, Domain.Catalog.Dependencies.DependencyKind.Hard, group, 1, "", version), Administrator, Ct)).Require();
            return added;
        }
    }
}
