using SloPortal.Domain.Budgets.Coverage;

namespace SloPortal.Domain.Tests.Budgets;

public class CoverageJudgementTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly CoverFacts Whole = new(true, true, true);

    [Fact]
    public void Of_OneWholeCover_IsCoveredWhateverElseIsNamed()
    {
        Assert.Equal(CoverageState.Covered, CoverageJudgement.Of([default, Whole], null, Today));
        Assert.Equal(CoverageState.Covered, CoverageJudgement.Of([Whole], Today.AddDays(-1), Today));
    }

    [Fact]
    public void Of_PartsOfTwoCovers_DoNotMakeOne() =>
        Assert.Equal(CoverageState.Unwatched, CoverageJudgement.Of([Whole with { IsMeasured = false }, Whole with { HasAlerts = false }], null, Today));

    [Fact]
    public void Of_NothingMeasured_IsNoCover()
    {
        Assert.Equal(CoverageState.NotMeasured, CoverageJudgement.Of([Whole with { IsMeasured = false }], null, Today));
        Assert.Equal(CoverageState.Missing, CoverageJudgement.Of([], null, Today));
    }

    [Fact]
    public void Of_AcceptedGap_HoldsThroughItsDay()
    {
        Assert.Equal(CoverageState.Accepted, CoverageJudgement.Of([], Today, Today));
        Assert.Equal(CoverageState.Accepted, CoverageJudgement.Of([default], Today.AddDays(1), Today));
        Assert.Equal(CoverageState.ReviewDue, CoverageJudgement.Of([], Today.AddDays(-1), Today));
        Assert.True(CoverageState.ReviewDue.IsGap());
        Assert.False(CoverageState.Accepted.IsGap());
    }
}
