using SloPortal.Application.Measurement.Comparing;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Tests.Objectives;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Comparing;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Comparing;

public sealed class FindDisagreementsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 20, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Hour = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pass_ADifferenceThatLasts_IsOneFindingThatIsFollowedAndEndsWhenTheyAgree()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var (sli, other) = await PairAsync(world);
        await CountAsync(world, sli, other, -10, "aaaaaaaddd");

        await RunAsync(world);
        await RunAsync(world);

        var found = Assert.Single(await FindingsAsync(world, sli));
        Assert.Equal((FindingKind.Difference, FindingState.Open, 3, Hour.AddHours(-3)), (found.Kind, found.State, found.Hours, found.Since));
        Assert.Equal(10, found.LargestPoints!.Value, 9);
        Assert.Equal(new FindingHour(Hour.AddHours(-3), 100, 100, 90, 100), found.Evidence[0]);
        Assert.Equal(found.Id, Assert.Single((await world.Get<ListFindings.Handler>().HandleAsync(new(), world.Owner, Ct)).Require()).Id);
        Assert.Empty((await world.Get<ListFindings.Handler>().HandleAsync(new(), world.Stakeholder, Ct)).Require());

        await CountAsync(world, sli, other, 0, "d");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync(world);
        Assert.Equal(4, Assert.Single(await FindingsAsync(world, sli)).Hours);

        await CountAsync(world, sli, other, 1, "aaa");
        world.Clock.Advance(TimeSpan.FromHours(3));
        await RunAsync(world);
        Assert.Equal(FindingState.Agreed, Assert.Single(await FindingsAsync(world, sli)).State);
    }

    [Fact]
    public async Task Pass_AfterAPersonClosedIt_OpensAnotherOnlyWhenTheyAgreedInBetween()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var (sli, other) = await PairAsync(world);
        await CountAsync(world, sli, other, -4, "addd");
        await RunAsync(world);
        var first = Assert.Single(await FindingsAsync(world, sli));
        Assert.Equal(RefusalKind.Denied, (await world.Get<CloseFinding.Handler>().HandleAsync(new(first.Id, "Known."), world.Stakeholder, Ct)).Refusal?.Kind);
        (await world.Get<CloseFinding.Handler>().HandleAsync(new(first.Id, "The probe is being moved."), world.Owner, Ct)).Require();

        await CountAsync(world, sli, other, 0, "dd");
        world.Clock.Advance(TimeSpan.FromHours(2));
        await RunAsync(world);
        Assert.Equal("The probe is being moved.", Assert.Single(await FindingsAsync(world, sli)).ClosedReason);

        await CountAsync(world, sli, other, 2, "addd");
        world.Clock.Advance(TimeSpan.FromHours(4));
        await RunAsync(world);
        Assert.Equal([FindingState.Open, FindingState.Closed], (await FindingsAsync(world, sli)).Select(f => f.State));
    }

    [Fact]
    public async Task Pass_OneThatFallsSilent_IsAFindingOfItsOwnUntilItHasDataAgain()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var (sli, other) = await PairAsync(world);
        await CountAsync(world, sli, other, -4, "aass");
        await RunAsync(world);

        var found = Assert.Single(await FindingsAsync(world, sli));
        Assert.Equal((FindingKind.OtherSilent, 2, (double?)null), (found.Kind, found.Hours, found.LargestPoints));

        await CountAsync(world, sli, other, 0, "a");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync(world);
        Assert.Equal(FindingState.Agreed, Assert.Single(await FindingsAsync(world, sli)).State);
    }

    [Fact]
    public async Task Add_TheSameTwiceOrByAStranger_IsRefused()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var (sli, other) = await PairAsync(world);

        Assert.Equal(RefusalKind.Conflict, (await AddAsync(world, sli, other, world.Owner)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await AddAsync(world, other, sli, world.Stakeholder)).Refusal?.Kind);
        Assert.Contains("OtherSliId", (await AddAsync(world, sli, sli, world.Owner)).Refusal!.Fields!.Keys);
    }

    [Fact]
    public async Task Remove_WithAnOpenFinding_ClosesItAndTheNextPassFindsNothing()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var (sli, other) = await PairAsync(world);
        await CountAsync(world, sli, other, -3, "ddd");
        await RunAsync(world);
        var row = Assert.Single((await world.Get<ListMeasurements.Handler>().HandleAsync(new(sli), world.Owner, Ct)).Require().Others);
        Assert.Equal(1, row.OpenFindings);

        (await world.Get<RemoveMeasurement.Handler>().HandleAsync(new(row.Id, "It is switched off."), world.Owner, Ct)).Require();
        await RunAsync(world);

        Assert.Equal(FindingState.Closed, Assert.Single(await FindingsAsync(world, sli)).State);
        Assert.Empty((await world.Get<ListMeasurements.Handler>().HandleAsync(new(sli), world.Owner, Ct)).Require().Others);
        (await AddAsync(world, sli, other, world.Owner)).Require();
    }

    [Fact]
    public async Task Compare_APair_TellsFromStoredMinutesWhatEachSaid()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var (sli, other) = await PairAsync(world);
        await CountAsync(world, sli, other, -20, "aaaadddsff");

        var told = (await world.Get<CompareSlis.Handler>().HandleAsync(new(sli, other), world.Stakeholder, Ct)).Require();

        Assert.Equal((168, 99m, 1m, true), (told.Hours.Count, told.BadBelowPercent, told.TolerancePoints, told.IsPair));
        Assert.Equal(new AgreementTable(0, 0, 3, 4), told.Table);
        Assert.Equal((2, 1), (told.First.Side.GapHours, told.Second.Side.GapHours));
        Assert.Equal(0.3 / 7, told.Bias!.Value, 9);
        Assert.Equal(told.Bias!.Value, -(await world.Get<CompareSlis.Handler>().HandleAsync(new(other, sli), world.Stakeholder, Ct)).Require().Bias!.Value, 9);
    }

    internal static async Task<(int Sli, int Other)> PairAsync(Agreement world)
    {
        var (sli, other) = (await PushedAsync(world, "answered"), await PushedAsync(world, "probed"));
        (await AddAsync(world, sli, other, world.Owner)).Require();
        return (sli, other);
    }

    internal static async Task<int> PushedAsync(Agreement world, string slug) =>
        (await world.Get<CreateSli.Handler>().HandleAsync(new(world.Service, slug, slug, "", null, new SliDraft { Kind = SliKind.Pushed }), world.Owner, Ct)).Require();

    private static Task<Outcome<Guid>> AddAsync(Agreement world, int sli, int other, Actor actor) =>
        world.Get<AddMeasurement.Handler>().HandleAsync(new(sli, other, 1, AfterHours: 3, GapHours: 2, "The probe asks the same pages."), actor, Ct);

    /// <summary>A letter for each hour: agree, differ by ten points, first silent, second silent.</summary>
    private static async Task CountAsync(Agreement world, int sli, int other, int from, string hours)
    {
        var at = Enumerable.Range(0, hours.Length).Select(i => (Letter: hours[i], Minute: Hour.AddHours(from + i).AddMinutes(7))).ToList();
        await world.CountAsync(at.Where(h => h.Letter != 'f').Select(h => (h.Minute, 100d, 100d)), Ct, sli);
        await world.CountAsync(at.Where(h => h.Letter != 's').Select(h => (h.Minute, h.Letter == 'd' ? 90d : 100, 100d)), Ct, other);
    }

    private static Task RunAsync(Agreement world) => world.Pass<FindDisagreements>().RunAsync(world.Now, Ct);

    private static async Task<FindingRow[]> FindingsAsync(Agreement world, int sli) => (await world.Get<ListFindings.Handler>().HandleAsync(new(sli), world.Owner, Ct)).Require();
}
