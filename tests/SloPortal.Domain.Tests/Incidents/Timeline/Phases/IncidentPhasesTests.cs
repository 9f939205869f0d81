using CsCheck;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline.Phases;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Timeline.Phases;

public sealed class IncidentPhasesTests
{
    private static readonly DateTimeOffset Noon = At.Utc("2026-11-10 12:00");

    private static readonly Dictionary<Phase, PhaseAdjustment> Unadjusted = [];

    private static Sign Sign(int minutes, SignKind kind) => new(Noon.AddMinutes(minutes), kind);

    private static StatusSign Status(int minutes, IncidentStatus to) => new(Noon.AddMinutes(minutes), to);

    private static PhaseFacts Facts(Sign[]? signals = null, Sign[]? taken = null, StatusSign[]? statuses = null) => new(Sign(0, SignKind.Start), signals ?? [Sign(5, SignKind.Declaration)], taken ?? [], statuses ?? []);

    private static int?[] Minutes(PhaseFacts facts) =>
        [.. IncidentPhases.Of(facts, Unadjusted).Moments.Select(m => m.At is { } at ? (int?)(int)(at - Noon).TotalMinutes : null)];

    private static Dictionary<Phase, PhaseAdjustment> Adjust(Phase phase, int minutes) =>
        new() { [phase] = new(Noon.AddMinutes(minutes), "why", "Ines", Noon.AddHours(1), Guid.NewGuid()) };

    [Fact]
    public void Of_AlertPageAndStatuses_TakesTheFirstSignAndTheLastEnd() =>
        Assert.Equal([0, 2, 4, 20, 30], Minutes(Facts(
            [Sign(3, SignKind.Page), Sign(2, SignKind.Alert), Sign(5, SignKind.Declaration)], [Sign(4, SignKind.PageTaken)],
            [Status(6, IncidentStatus.Acknowledged), Status(20, IncidentStatus.Mitigated), Status(30, IncidentStatus.Resolved)])));

    [Fact]
    public void Of_OneThatCameBack_IsMitigatedWhenItWasForGood()
    {
        StatusSign[] back = [Status(6, IncidentStatus.Acknowledged), Status(10, IncidentStatus.Mitigated), Status(15, IncidentStatus.Acknowledged)];

        Assert.Equal([0, 5, 6, null, null], Minutes(Facts(statuses: back)));
        Assert.Equal([0, 5, 6, 40, null], Minutes(Facts(statuses: [.. back, Status(40, IncidentStatus.Mitigated)])));
        Assert.Equal([0, 5, 6, 50, 50], Minutes(Facts(statuses: [.. back, Status(50, IncidentStatus.Resolved)])));
    }

    [Fact]
    public void Of_TakenAfterItWasOver_WasAcknowledgedByNobody() =>
        Assert.Equal([0, 5, null, 10, null], Minutes(Facts(taken: [Sign(12, SignKind.PageTaken)], statuses: [Status(10, IncidentStatus.Mitigated)])));

    [Fact]
    public void Of_AcknowledgedBeforeAnySign_WasDetectedThen() =>
        Assert.Equal([0, 3, 3, null, null], Minutes(Facts(statuses: [Status(3, IncidentStatus.Acknowledged)])));

    [Fact]
    public void Of_AnAlertBeforeTheBeginning_CountsFromThereAndSaysSo()
    {
        var detected = DerivedPhases.Of(Facts([Sign(-3, SignKind.Alert), Sign(5, SignKind.Declaration)]))[Phase.Detected];

        Assert.Equal((Noon, true, SignKind.Alert, Noon.AddMinutes(-3)), (detected.At, detected.IsFromBeginning, detected.From.Kind, detected.From.At));
    }

    [Fact]
    public void Of_AnyFacts_AreInOrderAndNoLengthIsBelowZero()
    {
        var minute = Gen.Int[-30, 60];
        var status = Gen.Select(minute, Gen.Enum<IncidentStatus>(), (at, to) => Status(at, to));
        Gen.Select(minute.Array[0, 5], minute.Array[0, 5], status.Array[0, 8]).Sample((signals, taken, statuses) =>
        {
            var phases = IncidentPhases.Of(Facts([.. signals.Select(s => Sign(s, SignKind.Alert))], [.. taken.Select(s => Sign(s, SignKind.PageTaken))], statuses), Unadjusted);

            Assert.True(phases.IsInOrder);
            Assert.Equal(Noon, phases.At(Phase.Began));
            Assert.All(phases.Moments, m => Assert.True(m.At is null || m.At >= Noon));
            // What is known at both ends has a length.
            Assert.All(Enum.GetValues<PhaseSpan>(), s => Assert.Equal(PhaseWords.Ends(s) is var (from, to) && phases.At(from) is not null && phases.At(to) is not null, phases.Length(s) >= TimeSpan.Zero));
            Assert.True(phases.Length(PhaseSpan.Mitigate) is not { } mitigate || phases.Length(PhaseSpan.Resolve) is not { } resolve || mitigate <= resolve);
        });
    }

    [Fact]
    public void WhyNot_AnyAdjustment_IsTakenExactlyWhereTheOrderHolds()
    {
        // A status that was skipped, or an alert after it, is known by the next one alone.
        Gen.Select(Gen.Enum<Phase>(), Gen.Int[-20, 60], Gen.Int[0, 60], Gen.Int[0, 40].Array[3], Gen.Bool.Array[3]).Sample((phase, minutes, alert, at, said) =>
        {
            Array.Sort(at);
            var facts = Facts([Sign(alert, SignKind.Alert)], [], [.. at.Select((a, i) => Status(a, IncidentStatus.Acknowledged + i)).Where((_, i) => said[i])]);
            var before = IncidentPhases.Of(facts, Unadjusted);

            var after = IncidentPhases.Of(facts, Adjust(phase, minutes));

            Assert.Equal(after.IsInOrder, before.WhyNot(phase, Noon.AddMinutes(minutes)) is null);
            Assert.Equal(Noon.AddMinutes(minutes), after.At(phase));
            Assert.Equal(before.At(phase), after.Moments[(int)phase].Derived?.At);
        });
    }

    [Fact]
    public void Of_DetectedByWhoEndedIt_GoesWithTheEndThatWasEarlier()
    {
        var facts = Facts([Sign(90, SignKind.Declaration)], [], [Status(30, IncidentStatus.Resolved)]);

        var after = IncidentPhases.Of(facts, Adjust(Phase.Resolved, 20));

        Assert.Equal([0, 20, null, 20, 20], after.Moments.Select(m => m.At is { } at ? (int?)(at - Noon).TotalMinutes : null));
        Assert.Null(IncidentPhases.Of(facts, Unadjusted).WhyNot(Phase.Resolved, Noon.AddMinutes(20)));
        Assert.NotNull(IncidentPhases.Of(facts, Adjust(Phase.Detected, 25)).WhyNot(Phase.Resolved, Noon.AddMinutes(20)));
    }

    [Fact]
    public void WhyNot_OutOfOrder_NamesThePhaseThatStandsAgainstIt()
    {
        var phases = IncidentPhases.Of(Facts(statuses: [Status(6, IncidentStatus.Acknowledged), Status(10, IncidentStatus.Mitigated)]), Unadjusted);

        Assert.Equal(
            "It cannot have been mitigated before it was acknowledged, at 2026-11-10 12:06:00 UTC. Adjust that first, or give a later time.",
            phases.WhyNot(Phase.Mitigated, Noon.AddMinutes(5))?.Message);
        Assert.Equal("It cannot have begun after it was detected, at 2026-11-10 12:05:00 UTC. Adjust that first, or give an earlier time.", phases.WhyNot(Phase.Began, Noon.AddMinutes(7))?.Message);
    }

    [Fact]
    public void Length_OvertakenByWhatWasRecordedSince_IsNotKnown()
    {
        var phases = IncidentPhases.Of(Facts(statuses: [Status(10, IncidentStatus.Mitigated)]), Adjust(Phase.Began, 20));

        Assert.Equal((false, null), (phases.IsInOrder, phases.Length(PhaseSpan.Mitigate)));
    }
}
