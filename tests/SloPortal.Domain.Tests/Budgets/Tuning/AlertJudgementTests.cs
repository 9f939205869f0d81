using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Budgets.Tuning;

public class AlertJudgementTests
{
    private static readonly DateTimeOffset Start = At.Utc("2026-04-29");

    // A week; in the minutes 1000 to 1100 and 5000 to 5100 everything fails. A thousandth of a week's events may.
    private static readonly AlertReplay Replay = new(
        new Occurrences(), new(99.9m), new RollingWindow(7),
        AlertReplayTests.Minutes([(1000, 10, 0), (100, 10, 10), (3900, 10, 0), (100, 10, 10), (4980, 10, 0)]), new(Start, Start.AddDays(7)));

    [Fact]
    public void Of_NothingKnown_NoAlertIsTrueOrFalseAndNothingIsAHundredPercent()
    {
        var figures = Figures([Alert(1001, 1110)], []);

        Assert.Equal((1, 0, 0, 1), (figures.Alerts, figures.True, figures.False, figures.NotJudged));
        Assert.Null(figures.Precision);
        Assert.Null(figures.Recall);
        Assert.Null(figures.MissedBudget);
        Assert.Null(figures.MissedSpent);
    }

    [Fact]
    public void Of_OnlyAMarkThatItShouldNot_MakesTheAlertFalseAndNothingElse()
    {
        var figures = Figures([Alert(1001, 1110), Alert(3000, 3010)], [Known(1000, 1100, LabelKind.ShouldNot)]);

        Assert.Equal((1, 0, 1, 0), (figures.False, figures.True, figures.NotJudged, figures.Known));
        Assert.Null(figures.Recall);
    }

    [Theory]
    [InlineData(980, 984, false)]
    [InlineData(985, 990, true)]
    [InlineData(900, 1001, true)]
    [InlineData(1099, 1200, true)]
    [InlineData(1115, 1200, true)]
    [InlineData(1116, 1200, false)]
    public void Of_AlertNearAStretch_IsTrueWithinTheTolerance(int from, int to, bool isTrue) =>
        Assert.Equal(isTrue, AlertJudgement.Of(Replay, [Alert(from, to)], [Known(1000, 1100)]).Alerts[0].IsTrue);

    [Fact]
    public void Of_MissedAndLateDetected_CountsTheBudgetThatWentUnseen()
    {
        var figures = Figures([Alert(1025, 1130), Alert(3000, 3010)], [Known(1000, 1100), Known(5000, 5100)]);

        Assert.Equal((2, 1, 1, 2, 1), (figures.Alerts, figures.True, figures.False, figures.Known, figures.Detected));
        Assert.Equal((0.5, 0.5), (figures.Precision, figures.Recall));
        Assert.Equal(TimeSpan.FromMinutes(25), figures.ToDetect!.Median);
        Assert.Equal(TimeSpan.FromMinutes(30), figures.ToReset!.Median);
        // 25 of 100 minutes before the alert, and all 100 of the missed one.
        Assert.Equal(125.0 / 200, figures.MissedBudget!.Value, 9);
        // 1,000 events failed unseen where a week allows a thousandth of 100,800.
        Assert.Equal(1000 / 100.8, figures.MissedSpent!.Value, 9);
        Assert.Equal(2, figures.PerWeek, 9);
    }

    [Fact]
    public void Of_MarkThatItShouldNot_TakesOutTheIncidentWithinAndDeniesTheAlert()
    {
        var judgement = AlertJudgement.Of(Replay, [Alert(1001, 1110), Alert(5001, 5110)], [Known(1000, 1100), Known(5000, 5100), Known(990, 1100, LabelKind.ShouldNot)]);

        Assert.Equal([false, true], judgement.Alerts.Select(a => a.IsTrue));
        Assert.Equal(Start.AddMinutes(5000), Assert.Single(judgement.Intervals).Known.When.Start);
    }

    [Fact]
    public void Of_StretchesThatOverlap_CountWhatFailedOnce() =>
        Assert.Equal(1000, AlertJudgement.Of(Replay, [], [Known(1000, 1100), Known(1050, 1090), Known(1080, 1150)]).Intervals.Sum(i => i.Bad));

    [Fact]
    public void Of_AlertThatLasts_HasNoTimeToReset() =>
        Assert.Null(Assert.Single(AlertJudgement.Of(Replay, [Alert(5001, 10080) with { Lasts = true }], [Known(5000, 5100)]).Intervals).ToReset);

    [Fact]
    public void Between_OneLostOneGained_NamesBothAndWhatIsMissedNow()
    {
        KnownInterval[] known = [Known(1000, 1100), Known(5000, 5100)];
        var changes = PageChanges.Between(
            AlertJudgement.Of(Replay, [Alert(1001, 1110), Alert(2000, 2010)], known), AlertJudgement.Of(Replay, [Alert(2005, 2006), Alert(5001, 5010)], known));

        Assert.Equal([Alert(5001, 5010)], changes.Gained.Select(g => g.Alert));
        Assert.Equal([Alert(1001, 1110)], changes.Lost.Select(l => l.Alert));
        Assert.Equal([known[0]], changes.NowMissed);
        Assert.Equal([known[1]], changes.NowDetected);
    }

    [Theory]
    [InlineData("2026-06-01T20:00:00Z", true)]
    [InlineData("2026-06-01T19:59:00Z", false)]
    [InlineData("2026-06-02T04:59:00Z", true)]
    [InlineData("2026-06-02T05:00:00Z", false)]
    public void Hold_SummerInBerlin_IsByTheClockThere(string at, bool night) =>
        Assert.Equal(night, NightHours.Hold(At.Utc(at), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    [Fact]
    public void Durations_NearestRank_IsACaseThatHappened()
    {
        var durations = Durations.Of(Enumerable.Range(1, 10).Reverse().Select(i => TimeSpan.FromMinutes(i)))!;

        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(9)), (durations.Median, durations.P90));
        Assert.Null(Durations.Of([]));
    }

    private static AlertFigures Figures(IReadOnlyList<ReplayedAlert> alerts, IReadOnlyList<KnownInterval> known) =>
        AlertFigures.Of([AlertJudgement.Of(Replay, alerts, known)], TimeZoneInfo.Utc);

    private static ReplayedAlert Alert(int from, int to) => new(Start.AddMinutes(from), Start.AddMinutes(to), false);

    private static KnownInterval Known(int from, int to, LabelKind kind = LabelKind.ShouldPage) => new(new(Start.AddMinutes(from), Start.AddMinutes(to)), kind, "Known");
}
