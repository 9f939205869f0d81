using SloPortal.Domain.Measurement;

namespace SloPortal.Domain.Tests.Measurement;

public class SliDefinitionTests
{
    private static readonly SeriesSelector Requests = SeriesSelector.Parse("requests_total");
    private static readonly SeriesSelector Errors = SeriesSelector.Parse("requests_total{code=~\"5..\"}");
    private static readonly HistogramThreshold Latency = new(SeriesSelector.Parse("latency_seconds{job=\"api\"}"), 0.5);

    [Fact]
    public void Problems_ValidDefinitions_AreNone()
    {
        SliDefinition[] valid =
        [
            new CounterRatio(null, Errors, Requests), new CounterRatio(Errors, null, Requests), Latency,
            new GaugeThreshold(Requests, ThresholdOperator.AtLeast, 1), new PushedRatio(),
        ];
        Assert.All(valid, d => Assert.Empty(d.Problems()));
    }

    [Fact]
    public void Problems_InvalidDefinitions_AreSentences()
    {
        (SliDefinition Definition, string Expected)[] invalid =
        [
            (new CounterRatio(null, null, Requests), "good events or of the bad ones"),
            (new CounterRatio(Errors, Errors, Requests), "not both"),
            (new CounterRatio(Requests, null, Requests), "never change"),
            (new CounterRatio(Errors, null, null!), "selector of all events"),
            (new GaugeThreshold(Requests, ThresholdOperator.Below, double.NaN), "finite number"),
            (new HistogramThreshold(SeriesSelector.Parse("{job=\"a\"}"), 1), "Name the histogram"),
            (new HistogramThreshold(SeriesSelector.Parse("latency_bucket"), 1), "base name of the histogram, latency, without _bucket"),
            (new HistogramThreshold(SeriesSelector.Parse("latency{le=\"1\"}"), 1), "Leave out the label le"),
            (new HistogramThreshold(SeriesSelector.Parse("latency"), double.PositiveInfinity), "finite bound"),
        ];
        Assert.All(invalid, i => Assert.Contains(i.Expected, Assert.Single(i.Definition.Problems()), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("200", SeriesRole.Total)]
    [InlineData("500", SeriesRole.Total | SeriesRole.Bad)]
    public void RolesOf_CounterThatIsAlsoBad_HasBoth(string code, SeriesRole expected) =>
        Assert.Equal(expected, new CounterRatio(null, Errors, Requests).RolesOf(LabelSet.Of("requests_total", ("code", code))));

    [Theory]
    [InlineData("latency_seconds_bucket", "0.5", SeriesRole.Good)]
    [InlineData("latency_seconds_bucket", "0.50", SeriesRole.Good)]
    [InlineData("latency_seconds_bucket", "5e-1", SeriesRole.Good)]
    [InlineData("latency_seconds_bucket", "1", SeriesRole.None)]
    [InlineData("latency_seconds_bucket", "+Inf", SeriesRole.None)]
    [InlineData("latency_seconds_count", "", SeriesRole.Total)]
    [InlineData("latency_seconds_sum", "", SeriesRole.None)]
    [InlineData("latency_seconds", "", SeriesRole.None)]
    [InlineData("latency_seconds_other_count", "", SeriesRole.None)]
    public void RolesOf_Histogram_ReadsTheBucketAndTheCount(string metric, string le, SeriesRole expected)
    {
        Assert.Equal(expected, Latency.RolesOf(LabelSet.Of(metric, ("le", le), ("job", "api"))));
        Assert.Equal(SeriesRole.None, Latency.RolesOf(LabelSet.Of(metric, ("le", le), ("job", "web"))));
    }

    [Theory]
    [InlineData(1, "1", "1.0")]
    [InlineData(0.005, "0.005", "5e-03")]
    [InlineData(1_000_000, "1e+06", "1000000.0")]
    [InlineData(2.5, "2.5", "2.5")]
    public void Selectors_Histogram_TakeTheBoundAsClientsWriteIt(double bound, string one, string other)
    {
        var selectors = new HistogramThreshold(Latency.Histogram, bound).Selectors();
        Assert.All(new[] { one, other }, le =>
            Assert.True(selectors[0].Selects(LabelSet.Of("latency_seconds_bucket", ("le", le), ("job", "api")))));
        Assert.True(selectors[1].Selects(LabelSet.Of("latency_seconds_count", ("job", "api"))));
        Assert.False(selectors[0].Selects(LabelSet.Of("latency_seconds_bucket", ("le", "7"), ("job", "api"))));
    }

    [Theory]
    [InlineData(ThresholdOperator.Below, false, true)]
    [InlineData(ThresholdOperator.AtMost, true, true)]
    [InlineData(ThresholdOperator.Above, false, false)]
    [InlineData(ThresholdOperator.AtLeast, true, false)]
    public void Holds_AtAndBelowTheThreshold_FollowsTheSign(ThresholdOperator op, bool at, bool below)
    {
        Assert.Equal(at, op.Holds(5, 5));
        Assert.Equal(below, op.Holds(4, 5));
    }

    [Fact]
    public void Sentence_EveryRefusal_HasOne() =>
        Assert.All(Enum.GetValues<SampleRefusal>(), r => Assert.EndsWith(".", r.Sentence(), StringComparison.Ordinal));

    [Fact]
    public void Judge_BadSamples_AreRefusedByReason()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var rules = SampleRules.At(now, TimeSpan.FromDays(1));
        var ms = now.ToUnixTimeMilliseconds();
        Assert.Equal(SampleRefusal.None, rules.Judge(ms, 1));
        Assert.Equal(SampleRefusal.NotANumber, rules.Judge(ms, double.NaN));
        Assert.Equal(SampleRefusal.StaleMarker, rules.Judge(ms, BitConverter.UInt64BitsToDouble(SampleRules.StaleMarkerBits)));
        Assert.Equal(SampleRefusal.Infinite, rules.Judge(ms, double.NegativeInfinity));
        Assert.Equal(SampleRefusal.InFuture, rules.Judge(now.AddHours(1).ToUnixTimeMilliseconds(), 1));
        Assert.Equal(SampleRefusal.None, rules.Judge(now.AddMinutes(10).ToUnixTimeMilliseconds(), 1));
        Assert.Equal(SampleRefusal.PastRetention, rules.Judge(now.AddDays(-1).ToUnixTimeMilliseconds() - 1, 1));
        Assert.Equal(SampleRefusal.PastRetention, rules.Judge(long.MinValue, 1));
        Assert.Equal(SampleRefusal.InFuture, rules.Judge(long.MaxValue, 1));
    }
}
