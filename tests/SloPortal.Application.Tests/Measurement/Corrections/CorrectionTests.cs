using Npgsql;
using SloPortal.Application.Governance;
using SloPortal.Application.Measurement;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Tests.Objectives;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Corrections;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Corrections;

public sealed class CorrectionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Corrections_InAnyOrderWithLateCounts_EqualTheHistoryCountedAnew(int seed)
    {
        var random = new Random(seed);
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var (sli, colleague) = (await PushedAsync(agreement), await agreement.AddPersonAsync("Colleague", Ct, member: true, Role.ServiceOwner));
        var measured = new SortedDictionary<DateTimeOffset, EventCounts>();
        var inForce = new List<(Guid Id, IReadOnlyList<Interval> Spans, EventCounts? Figures)>();
        for (var round = 0; round < 14; round++)
        {
            var counts = Enumerable.Range(0, 120).Select(_ => Now.AddMinutes(-random.Next(1, 4000))).Distinct()
                .Select(minute => { var total = random.Next(1, 50); return (Minute: minute, Good: (double)random.Next(total + 1), Total: (double)total); }).ToList();
            await agreement.CountAsync(counts, Ct, sli);
            foreach (var (minute, good, total) in counts)
                measured[minute] = measured.GetValueOrDefault(minute) + new EventCounts(good, total);

            if (inForce.Count > 0 && random.Next(3) == 0)
            {
                var ended = inForce[random.Next(inForce.Count)];
                (await agreement.Get<WithdrawCorrection.Handler>().HandleAsync(new(ended.Id, "It was right after all."), agreement.Owner, Ct)).Require();
                inForce.Remove(ended);
            }
            else
            {
                var first = Interval.EndingAt(Now.AddMinutes(-random.Next(0, 3000)), TimeSpan.FromMinutes(random.Next(1, 200)));
                EventCounts? figures = random.Next(3) == 0 ? new EventCounts(random.Next(100), 100 + random.Next(100)) : null;
                var repeats = figures is null && random.Next(2) == 0;
                var id = (await agreement.Get<ProposeCorrection.Handler>().HandleAsync(
                    new(sli, figures is null ? CorrectionKind.Exclude : CorrectionKind.Replace, first.Start, first.End, "Wrong.", "A ticket.", repeats ? "FREQ=DAILY;COUNT=3" : null, "Etc/UTC", figures?.Good, figures?.Total),
                    agreement.Owner, Ct)).Require();
                agreement.Clock.Advance(TimeSpan.FromMilliseconds(1));
                (await agreement.Get<DecideCorrection.Handler>().HandleAsync(new(id, Approve: true, ""), colleague, Ct)).Require();
                inForce.Add((id, [.. Enumerable.Range(0, repeats ? 3 : 1).Select(day => first.Shift(TimeSpan.FromDays(day)))], figures));
            }

            await AssertCountedAsync(agreement, sli, measured, inForce);
        }
    }

    [Fact]
    public async Task Approve_ByTheOneWhoProposed_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var id = (await ProposeAsync(agreement, await PushedAsync(agreement), Now.AddHours(-2), Now.AddHours(-1))).Require();

        var outcome = await agreement.Get<DecideCorrection.Handler>().HandleAsync(new(id, Approve: true, ""), agreement.Owner, Ct);

        Assert.Equal("You proposed it; somebody else has to approve it.", outcome.Refusal?.Message);
    }

    [Fact]
    public async Task Approve_MaintenanceToCome_LeavesOutWhatArrivesInIt()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var (sli, colleague) = (await PushedAsync(agreement), await agreement.AddPersonAsync("Colleague", Ct, member: true, Role.ServiceOwner));
        var id = (await ProposeAsync(agreement, sli, Now.AddHours(1), Now.AddHours(2))).Require();
        (await agreement.Get<DecideCorrection.Handler>().HandleAsync(new(id, Approve: true, ""), colleague, Ct)).Require();

        await agreement.CountAsync([(Now.AddMinutes(59), 90, 100), (Now.AddMinutes(60), 0, 100), (Now.AddMinutes(119), 0, 100), (Now.AddMinutes(120), 100, 100)], Ct, sli);

        Assert.Equal(new EventCounts(190, 200), (await agreement.Get<SliCounts>().InAsync([new(sli, new(Now, Now.AddHours(3)))], Ct))[0]);
        var row = Assert.Single((await agreement.Get<ListCorrections.Handler>().HandleAsync(new(sli), agreement.Stakeholder, Ct)).Require());
        Assert.Equal((new EventCounts(0, 200), EventCounts.None), (row.Measured, row.Counted!.Value));
    }

    [Fact]
    public async Task Contract_OnACorrectedSli_IsJudgedByWhatWasMeasured()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var (sli, colleague) = (await PushedAsync(agreement), await agreement.AddPersonAsync("Colleague", Ct, member: true, Role.ServiceOwner));
        await agreement.CountAsync(Enumerable.Range(0, 120).Select(i => (Now.AddMinutes(-120 + i), i < 60 ? 0d : 100, 100d)), Ct, sli);
        var contract = (await agreement.Get<CreateContract.Handler>().HandleAsync(
            new("Larkfield", agreement.Service, "answers", 99.9m, "calendar month UTC", new(2026, 10, 1), null, "EUR", 1000m, [new CreditTier(99.9m, 10m)]), agreement.Owner, Ct)).Require();
        var id = (await ProposeAsync(agreement, sli, Now.AddHours(-2), Now.AddHours(-1))).Require();
        (await agreement.Get<DecideCorrection.Handler>().HandleAsync(new(id, Approve: true, ""), colleague, Ct)).Require();

        var period = (await agreement.Get<GetContract.Handler>().HandleAsync(new(contract), agreement.Owner, Ct)).Require().Periods[0];

        Assert.Equal((6000d, 12_000d), (period.Bad, period.Total));
        Assert.Equal(new EventCounts(6000, 6000), (await agreement.Get<SliCounts>().InAsync([new(sli, new(Now.AddHours(-3), Now))], Ct))[0]);
    }

    [Theory]
    [InlineData("FREQ=HOURLY;COUNT=3", "A correction repeats daily at the most.")]
    [InlineData("FREQ=WEEKLY", "Say when it ends, by COUNT or UNTIL: what lasts for ever is agreed as another objective.")]
    [InlineData("FREQ=DAILY;COUNT=5000", "That are more than 400 stretches; let it end earlier.")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=2", null)]
    [InlineData("every sunday", null)]
    [InlineData("FREQ=DAILY;COUNT=99999999999", null)]
    [InlineData("FREQ=DAILY;INTERVAL=0;COUNT=3", null)]
    [InlineData("FREQ=WEEKLY;UNTIL=99991231T000000Z", null)]
    [InlineData(";;;", null)]
    public async Task Propose_RuleThatCannotBeFollowed_IsRefusedWithItsReason(string recurrence, string? says)
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);

        var outcome = await ProposeAsync(agreement, await PushedAsync(agreement), Now.AddHours(-2), Now.AddHours(-1), recurrence);

        Assert.Contains("Recurrence", outcome.Refusal!.Fields!.Keys);
        if (says is not null)
            Assert.Equal(says, outcome.Refusal!.Message);
    }

    [Fact]
    public async Task Propose_AtTheEndOfTime_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);

        var outcome = await ProposeAsync(agreement, await PushedAsync(agreement), DateTimeOffset.MaxValue.AddMinutes(-1), DateTimeOffset.MaxValue);

        Assert.Equal("It begins more than a year from now.", outcome.Refusal?.Message);
    }

    [Theory]
    [InlineData("rolling 7d")]
    [InlineData("calendar month UTC")]
    public async Task CorrectedWindow_OfAnObjective_SaysBothFiguresAsTheBudgetReadsThem(string window)
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, Now);
        var colleague = await agreement.AddPersonAsync("Colleague", Ct, member: true, Role.ServiceOwner);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, terms: agreement.Terms(99m, window)), Ct);
        await agreement.CountAsync([(Now.AddMinutes(-90), 0, 4000)], Ct);
        var before = await WindowAsync();
        var id = (await ProposeAsync(agreement, agreement.SliId, Now.AddHours(-2), Now.AddHours(-1))).Require();
        (await agreement.Get<DecideCorrection.Handler>().HandleAsync(new(id, Approve: true, ""), colleague, Ct)).Require();
        await agreement.Pass<Application.Budgets.Evaluation.EvaluateBudgets>().RunAsync(agreement.Now, Ct);

        var corrected = await WindowAsync();

        Assert.Null(before);
        Assert.Equal(id, Assert.Single(corrected!.Corrections).Id);
        var standing = (await agreement.Get<Application.Budgets.GetStanding.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Owner, Ct)).Require();
        Assert.Equal(standing!.LeftShare, corrected.BudgetLeft);
        Assert.Equal(4000, corrected.Measured!.Value.Bad - corrected.Counted.Bad);
        Assert.True(corrected.BudgetLeftMeasured < corrected.BudgetLeft);

        async Task<Application.Objectives.CorrectedWindow?> WindowAsync() =>
            (await agreement.Get<Application.Objectives.GetCorrectedWindow.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Stakeholder, Ct)).Value;
    }

    [Fact]
    public void Spans_WeeklyOverTheChangeOfClocks_StayAtTheSameHourOfTheWall()
    {
        var first = new Interval(new(2026, 10, 18, 0, 0, 0, TimeSpan.Zero), new(2026, 10, 18, 2, 0, 0, TimeSpan.Zero));

        var spans = CorrectionSpans.Of(first, "FREQ=WEEKLY;COUNT=3", "Europe/Berlin").Require();

        Assert.Equal([0, 0, 1], spans.Select(s => s.Start.Hour));
        Assert.All(spans, s => Assert.Equal(TimeSpan.FromHours(2), s.Length));
    }

    private static async Task AssertCountedAsync(
        Agreement agreement, int sli, SortedDictionary<DateTimeOffset, EventCounts> measured, IReadOnlyList<(Guid Id, IReadOnlyList<Interval> Spans, EventCounts? Figures)> inForce)
    {
        var counted = new SortedDictionary<DateTimeOffset, EventCounts>();
        var minutes = measured.Keys.Concat(inForce.Where(c => c.Figures is not null).SelectMany(c => c.Spans).SelectMany(s => Enumerable.Range(0, (int)s.Minutes).Select(i => s.Start.AddMinutes(i))));
        foreach (var minute in minutes.Distinct())
        {
            var wins = inForce.LastOrDefault(c => c.Spans.Any(s => s.Contains(minute)));
            if (wins.Id == Guid.Empty)
                counted[minute] = measured[minute];
            else if (wins.Figures is { } figures)
                counted[minute] = Share(figures, wins.Spans.Single(s => s.Contains(minute)), minute);
        }

        var expected = new Interval(Now.AddDays(-5), Now.AddDays(5));
        Assert.Equal(counted.Where(c => c.Value.HasData), await Buckets(BucketSize.Minute));
        Assert.Equal(By(TimeSpan.FromHours(1)), await Buckets(BucketSize.Hour));
        Assert.Equal(By(TimeSpan.FromDays(1)), await Buckets(BucketSize.Day));
        for (var at = Now.AddDays(-4); at < Now; at = at.AddMinutes(437))
        {
            var sum = counted.Where(c => c.Key >= at && c.Key < Now).Aggregate(EventCounts.None, (a, c) => a + c.Value);
            Assert.Equal(sum, (await agreement.Get<SliCounts>().InAsync([new(sli, new(at, Now))], Ct))[0]);
        }

        async Task<IEnumerable<KeyValuePair<DateTimeOffset, EventCounts>>> Buckets(BucketSize size) =>
            (await agreement.Get<SliCounts>().BucketsAsync(sli, expected, size, Ct)).Where(b => b.Counts.HasData).Select(b => KeyValuePair.Create(b.Start, b.Counts));

        IEnumerable<KeyValuePair<DateTimeOffset, EventCounts>> By(TimeSpan step) => counted.Where(c => c.Value.HasData).GroupBy(c => MinuteClock.Floor(c.Key, step))
            .Select(g => KeyValuePair.Create(g.Key, g.Aggregate(EventCounts.None, (a, c) => a + c.Value)));
    }

    private static EventCounts Share(EventCounts figures, Interval span, DateTimeOffset minute)
    {
        var (minutes, at) = ((int)span.Minutes, (int)(minute - span.Start).TotalMinutes);
        return new(EvenSpread.Share(figures.Good, minutes, at), EvenSpread.Share(figures.Total, minutes, at));
    }

    private static async Task<int> PushedAsync(Agreement agreement) => (await agreement.Get<CreateSli.Handler>().HandleAsync(
        new(agreement.Service, "answers", "Answers", "", null, new() { Kind = SliKind.Pushed }), agreement.Owner, Ct)).Require();

    private static Task<Outcome<Guid>> ProposeAsync(Agreement agreement, int sli, DateTimeOffset from, DateTimeOffset to, string? recurrence = null) =>
        agreement.Get<ProposeCorrection.Handler>().HandleAsync(new(sli, CorrectionKind.Exclude, from, to, "The load test was ours.", "https://tickets.example/42", recurrence), agreement.Owner, Ct);
}
