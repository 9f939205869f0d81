using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Tests.Incidents;

public sealed class BurnStartTests
{
    private static readonly DateTimeOffset Fired = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    // One letter a minute: a calm one, a bad one, a bad one with a single failure, and one without data.
    [InlineData("cccccccccc" + "cccccccccc" + "bbbbbbbbbb", 10)]
    [InlineData("cccccccccc" + "cccccbbbbb" + "bbcbbbbbbb", 15)]
    [InlineData("cccfcccccc" + "cccccccccc" + "bbbbbbbbbb", 10)]
    [InlineData("cccccccccc" + "cbbb---bbb" + "bbbbbbbbbb", 19)]
    [InlineData("cccccccccc" + "cccccccccc" + "ccccccccbb", 5)]
    [InlineData("----------" + "----------" + "----------", 5)]
    public void Of_Minutes_FindsWhereTheBurnBegan(string minutes, int minutesBefore)
    {
        var buckets = minutes.Select((m, i) => (Letter: m, Start: Fired.AddMinutes(i - minutes.Length))).Where(m => m.Letter != '-')
            .Select(m => new CountBucket(m.Start, EventCounts.OfBad(m.Letter switch { 'b' => 20, 'f' => 2, _ => 0 }, 100))).ToList();

        Assert.Equal(Fired.AddMinutes(-minutesBefore), BurnStart.Of(buckets, Fired, TimeSpan.FromMinutes(5), new ObjectiveTarget(99.9m), 14.4));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(90, "1 h 30 min in the future")]
    [InlineData(-60, null)]
    [InlineData(-60 * 24 * 31, "31 d ago")]
    public void Question_Times_AreAskedAboutWhenUnusual(int minutes, string? part)
    {
        var question = UnusualTime.Question(Fired.AddMinutes(minutes), Fired, knownSince: null);

        if (part is null)
            Assert.Null(question);
        else
            Assert.Contains(part, question, StringComparison.Ordinal);
    }

    [Fact]
    public void Question_BeforeTheService_SaysSinceWhen() =>
        Assert.Contains("since 2026-11-10 12:00 UTC", UnusualTime.Question(Fired.AddMinutes(-1), Fired, Fired), StringComparison.Ordinal);
}
