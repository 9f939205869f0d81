using Npgsql;
using SloPortal.Application.Measurement;
using SloPortal.Application.Tests.Objectives;
using SloPortal.Domain.Common;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement;

public sealed class SliCountsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InAsync_AnyWindows_EqualsAddingTheirMinutes()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var counts = agreement.Get<SliCounts>();
        var minutes = await counts.BucketsAsync(agreement.SliId, new Interval(agreement.Now.AddDays(-30), agreement.Now), BucketSize.Minute, Ct);
        var random = new Random(4711);
        var windows = Enumerable.Range(0, 200).Select(_ =>
        {
            var end = agreement.Now.AddMinutes(-random.Next(0, 25 * 1440));
            return new CountsAsked(agreement.SliId, Interval.EndingAt(end, TimeSpan.FromMinutes(random.Next(0, 10 * 1440))));
        }).ToList();

        var answers = await counts.InAsync(windows, Ct);

        for (var i = 0; i < windows.Count; i++)
        {
            var inside = minutes.Where(m => windows[i].Window.Contains(m.Start)).ToList();
            Assert.Equal(new EventCounts(inside.Sum(m => m.Counts.Good), inside.Sum(m => m.Counts.Total)), answers[i]);
        }
    }

    [Fact]
    public async Task InAsync_OldMinutesRemovedByRetention_CountsOnlyWhatIsLeft()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var counts = agreement.Get<SliCounts>();
        var cut = agreement.Now.AddDays(-5);
        await using (var command = agreement.Get<NpgsqlDataSource>().CreateCommand("DELETE FROM sli_minutes WHERE sli_id = $1 AND minute < $2"))
        {
            command.Parameters.AddWithValue(agreement.SliId);
            command.Parameters.AddWithValue(cut);
            await command.ExecuteNonQueryAsync(Ct);
        }

        var answers = await counts.InAsync([new(agreement.SliId, Interval.EndingAt(agreement.Now, TimeSpan.FromDays(7))), new(agreement.SliId, new Interval(cut, agreement.Now))], Ct);

        Assert.Equal(answers[1], answers[0]);
        Assert.Equal(5 * 96 * 1000, answers[0].Total);
    }

    [Fact]
    public async Task AtAsync_Instants_AnswerTheSameAsSingleWindows()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var counts = agreement.Get<SliCounts>();
        DateTimeOffset[] instants = [agreement.Now.AddDays(-40), agreement.Now.AddDays(-9), agreement.Now.AddDays(-2), agreement.Now];

        var running = await counts.AtAsync(agreement.SliId, instants, Ct);

        var window = new Interval(instants[1], instants[2]);
        Assert.Equal((await counts.InAsync([new(agreement.SliId, window)], Ct))[0], running.In(window));
        Assert.Equal((await counts.InAsync([new(agreement.SliId, new Interval(instants[0], instants[3]))], Ct))[0], running.Before(instants[3]));
    }

    [Theory]
    [InlineData(BucketSize.Minute)]
    [InlineData(BucketSize.Hour)]
    [InlineData(BucketSize.Day)]
    public async Task BucketsAsync_EverySize_HoldsTheSameEvents(BucketSize size)
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var day = new Interval(Midnight(agreement).AddDays(-3), Midnight(agreement).AddDays(-1));

        var buckets = await agreement.Get<SliCounts>().BucketsAsync(agreement.SliId, day, size, Ct);

        Assert.Equal(2 * 96 * 1000, buckets.Sum(b => b.Counts.Total));
    }

    [Fact]
    public async Task CoveredAsync_SliWithoutCounts_IsLeftOut()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var covered = await agreement.Get<SliCounts>().CoveredAsync([agreement.SliId, int.MaxValue], Ct);

        Assert.Equal(agreement.Now.AddMinutes(-15), Assert.Single(covered).Value.LastMinute);
    }

    private static DateTimeOffset Midnight(Agreement agreement) => new(agreement.Now.Date, TimeSpan.Zero);
}
