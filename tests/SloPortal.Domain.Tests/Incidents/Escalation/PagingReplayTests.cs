using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Deciding;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Domain.Tests.Incidents.Escalation;

public sealed class PagingReplayTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Team = Guid.NewGuid();
    private static readonly Guid Shop = Guid.NewGuid();
    private static readonly Guid Database = Guid.NewGuid();
    private static readonly Guid Policy = Guid.NewGuid();

    [Fact]
    public void Play_PageEndsWithItsLastSignal_NextOneOpensAnother()
    {
        var (one, two, three) = (Facts(Shop), Facts(Shop), Facts(Shop));
        var replay = Play(new(), [Fires(one, 0), Fires(two, 1), Ends(one, 2), Ends(two, 3), Fires(three, 4)]);

        Assert.Equal([[one.Id, two.Id], [three.Id]], replay.Pages.Select(p => p.Signals));
    }

    [Fact]
    public void Play_PersonEndedThePage_WhatComesOpensAnother()
    {
        var (one, two) = (Facts(Shop), Facts(Shop));
        var replay = Play(new(), [Fires(one, 0), Fires(two, 5)], new PlayedAnswer(Noon.AddMinutes(3), new HashSet<Guid> { one.Id }, Ends: true));

        Assert.Equal(2, replay.Pages.Count);
    }

    [Fact]
    public void Play_TooFewOfAKind_AreRecordedWhenTheirTimeIsOver()
    {
        var (one, two, three) = (Facts(Shop), Facts(Shop, 20), Facts(Shop, 21));
        var replay = Play(new(Signals: 2, WithinMinutes: 10), [Fires(one, 0), Fires(two, 20), Fires(three, 21)]);

        Assert.Equal(SignalOutcome.Recorded, replay.OutcomeOf(one.Id));
        Assert.Equal([three.Id, two.Id], Assert.Single(replay.Pages).Signals);
    }

    [Fact]
    public void Play_ExplainedByAPageThatEnds_CallsThen()
    {
        var (cause, kept) = (Facts(Database), Facts(Shop));
        var replay = Play(new(UnderDependency: true), [Fires(cause, 0), Fires(kept, 1), Ends(cause, 10)]);

        Assert.Equal([Noon, Noon.AddMinutes(10)], replay.Pages.Select(p => p.Page.OpenedAt));
    }

    [Fact]
    public void Play_Silenced_StaysSoUntilThatIsOver()
    {
        var one = Facts(Shop);
        PlayedEvent[] past = [Fires(one, 0) with { WasSilenced = true }, new(Noon.AddMinutes(30), SignalEventKind.Resumed, one)];

        Assert.Equal(Noon.AddMinutes(30), Assert.Single(Play(new(), past).Pages).Page.OpenedAt);
        Assert.Empty(Play(new(), past[..1]).Pages);
    }

    private static PagingReplay Play(QuietTerms quiet, IEnumerable<PlayedEvent> events, params PlayedAnswer[] answers)
    {
        PagingRule rule = new(SignalSeverity.Error, null, PagingHours.Any, PagingAction.Page, Policy, [], quiet);
        var replay = new PagingReplay(new PagingDesk(
            (_, _) => new("Checkout", [rule], null), new Dictionary<Guid, PolicyTerms> { [Policy] = new("Primary", _ => []) },
            new Dictionary<Guid, IReadOnlySet<Guid>> { [Shop] = new HashSet<Guid> { Database } }, Guid.NewGuid));
        replay.Play(events, answers, []);
        return replay;
    }

    private static SignalFacts Facts(Guid service, int minute = 0) => new(Guid.CreateVersion7(Noon.AddMinutes(minute)), Team, service, SignalSeverity.Error, new Dictionary<string, string>(), Noon.AddMinutes(minute));

    private static PlayedEvent Fires(SignalFacts signal, int minute) => new(Noon.AddMinutes(minute), SignalEventKind.Fired, signal);

    private static PlayedEvent Ends(SignalFacts signal, int minute) => new(Noon.AddMinutes(minute), SignalEventKind.Resolved, signal);
}
