using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Domain.Tests.Measurement.Coverage;

public class FailureClassesTests
{
    private static readonly SeriesSelector Requests = SeriesSelector.Parse("http_requests_total");

    [Fact]
    public void Proposed_FromTheDefinition_SaysWhatItNotices()
    {
        Assert.Equal(FailureClass.Slow, FailureClasses.Proposed(new HistogramThreshold(SeriesSelector.Parse("http_request_duration_seconds"), 0.5), false));
        Assert.Equal(FailureClass.Error, FailureClasses.Proposed(new CounterRatio(null, Requests, Requests), false));
        Assert.Equal(FailureClass.Wrong, FailureClasses.Proposed(new CounterRatio(null, SeriesSelector.Parse("stock_mismatches_total"), Requests), false));
        Assert.Equal(FailureClass.Stale, FailureClasses.Proposed(new GaugeThreshold(SeriesSelector.Parse("index_age_seconds"), ThresholdOperator.Below, 3600), false));
        Assert.Equal(FailureClass.Unavailable, FailureClasses.Proposed(new PushedRatio(), true));
        Assert.Null(FailureClasses.Proposed(new PushedRatio(), false));
    }
}
