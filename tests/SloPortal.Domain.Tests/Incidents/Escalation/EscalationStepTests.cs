using CsCheck;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Domain.Tests.Incidents.Escalation;

public sealed class EscalationStepTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Called_AnyPolicy_CallsEveryLevelOfEveryRoundInOrderAndThenEnds() =>
        Gen.Select(Gen.Int[1, 60].List[1, EscalationPolicy.MostLevels], Gen.Int[0, EscalationPolicy.MostRepeats]).Sample((minutes, repeats) =>
        {
            var page = Open(minutes, repeats);
            var (now, calls) = (Noon, new List<(int Level, int Round, DateTimeOffset At)>());
            while (page.NextLevel is { } level)
            {
                calls.Add((level, page.Round, now));
                page.Called(now);
                now = page.NextStepAt!.Value;
            }

            var expected = new List<(int, int, DateTimeOffset)>();
            var at = Noon;
            for (var round = 0; round <= repeats; round++)
            {
                for (var level = 0; level < minutes.Count; level++)
                {
                    expected.Add((level, round, at));
                    at = at.AddMinutes(minutes[level]);
                }
            }
            Assert.Equal(expected, calls);
            // The last level is given its time too.
            Assert.Equal(at, page.NextStepAt);
        }, iter: 200);

    [Fact]
    public void Join_MoreSevereThanAnAcknowledgedPage_CallsAllRoundsAgainUnderNewNumbers()
    {
        var page = Open([5, 5], repeats: 1);
        page.Called(Noon);
        page.Acknowledge(Guid.NewGuid(), "Aiko", AcknowledgedAs.Paged, AcknowledgedVia.Portal, Noon.AddMinutes(1));

        Assert.False(page.Join(SignalSeverity.Warning, Noon.AddMinutes(2)));
        Assert.Equal(PageState.Acknowledged, page.State);
        Assert.True(page.Join(SignalSeverity.Critical, Noon.AddMinutes(3)));

        Assert.Equal((PageState.Open, 0, 1, 2), (page.State, page.NextLevel!.Value, page.Round, page.LastRound));
        Assert.Null(page.AcknowledgedBy);
        Assert.Equal(Noon.AddMinutes(3), page.NextStepAt);
    }

    private static Page Open(IReadOnlyList<int> minutes, int repeats)
    {
        var levels = minutes.Select(m => new EscalationLevel(m, [new EscalationTarget(EscalationTargetKind.Person, Guid.NewGuid())])).ToList();
        var policy = new EscalationPolicy(Guid.NewGuid(), Guid.NewGuid(), "Primary", repeats, levels, Noon);
        return new Page(Guid.NewGuid(), policy.TeamId, null, "group", "Disk is full", SignalSeverity.Warning, policy, policy.Levels, "Rule 1", Noon);
    }
}
