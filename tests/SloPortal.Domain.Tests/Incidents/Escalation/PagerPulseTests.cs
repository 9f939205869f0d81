using SloPortal.Domain.Incidents.Escalation.Pulse;

namespace SloPortal.Domain.Tests.Incidents.Escalation;

public sealed class PagerPulseTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory, InlineData(0, true), InlineData(125, true), InlineData(126, false)]
    public void Judge_DutyDoneSoManySecondsAgo_LivesForItsTimeAndTheAllowance(int seconds, bool lives)
    {
        var findings = PagerPulse.Judge([new("Sending calls", 5, Now.AddSeconds(-seconds))], null, null, Now);

        Assert.Equal(lives ? [] : [new PulseFinding("Sending calls is late.", Now.AddSeconds(5 - seconds))], findings);
    }

    [Fact]
    public void Judge_DutyNeverDone_IsFoundWithoutATime() =>
        Assert.Equal([new PulseFinding("Sending calls was never done.", null)], PagerPulse.Judge([new("Sending calls", 5, null)], null, null, Now));

    [Theory, InlineData(120, 0), InlineData(121, 2)]
    public void Judge_SignalAndCallWaitSoLong_AreFoundBeyondTheAllowance(int seconds, int findings) =>
        Assert.Equal(findings, PagerPulse.Judge([], Now.AddSeconds(-seconds), Now.AddSeconds(-seconds), Now).Count);
}
