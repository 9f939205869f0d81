using SloPortal.Domain.Measurement.Cost;

namespace SloPortal.Domain.Tests.Measurement.Cost;

public class TokenBucketTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TryTake_AMinuteOfTheRateAtOnce_IsTakenAndTheNextWaits()
    {
        var bucket = new TokenBucket(10, Start);
        Assert.True(bucket.TryTake(600, Start));
        Assert.False(bucket.TryTake(1, Start));
        Assert.InRange(bucket.Wait(Start).TotalSeconds, 0, 0.1);
        Assert.True(bucket.TryTake(1, Start.AddSeconds(1)));
    }

    [Fact]
    public void TryTake_MoreThanItHolds_IsTakenOnceAndPaidBack()
    {
        var bucket = new TokenBucket(10, Start);
        Assert.True(bucket.TryTake(1600, Start));
        Assert.Equal(100, bucket.Wait(Start).TotalSeconds, 1);
        Assert.False(bucket.TryTake(1, Start.AddSeconds(99)));
        Assert.True(bucket.TryTake(1, Start.AddSeconds(101)));
    }

    [Fact]
    public void TryTake_ForAnHour_TakesTheRateAndAMinuteOfIt()
    {
        var bucket = new TokenBucket(10, Start);
        var taken = Enumerable.Range(0, 3600).Sum(second => Enumerable.Range(0, 5).Sum(_ => bucket.TryTake(7, Start.AddSeconds(second)) ? 7 : 0));
        Assert.InRange(taken, 36_000, 36_000 + 600 + 10);
    }

    [Fact]
    public void TryTake_ClockIsSetBack_NeitherFillsNorEmpties()
    {
        var bucket = new TokenBucket(10, Start);
        Assert.True(bucket.TryTake(605, Start));
        Assert.False(bucket.TryTake(1, Start.AddHours(-1)));
        Assert.False(bucket.TryTake(1, Start.AddHours(-1)));
        Assert.True(bucket.TryTake(1, Start.AddHours(-1).AddSeconds(1)));
    }
}
