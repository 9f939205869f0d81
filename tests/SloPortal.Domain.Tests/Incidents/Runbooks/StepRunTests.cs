using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Runbooks;

public sealed class StepRunTests
{
    private static readonly DateTimeOffset Noon = At.Utc("2026-11-10 12:00");
    private static readonly RunbookStep Restart = new(Guid.NewGuid(), "Restart pods", "Restarts one after the other", StepKind.Changes, "https://example.com/restart", null, 10);
    private static readonly RunbookStep Look = Restart with { Id = Guid.NewGuid(), Name = "Count pods", Kind = StepKind.Reads };
    private static readonly Runbook Book = new(Guid.NewGuid(), Guid.NewGuid(), 1, "Checkout hangs", [Restart, Look], Noon, "Olga");
    private static readonly (Guid Rosa, Guid Ines) People = (Guid.NewGuid(), Guid.NewGuid());

    [Fact]
    public void Approve_ByWhoAskedForIt_IsDeniedAndBySomebodyElseLetsItRunOnce()
    {
        var run = Asked();

        Assert.Equal(RefusalKind.Denied, run.Approve(People.Rosa, "Rosa", null, Noon)?.Kind);
        Assert.Equal(StepRunState.Waiting, run.State);
        Assert.Null(run.Approve(People.Ines, "Ines", "They hang", Noon));
        Assert.Equal((StepRunState.Approved, "asked by Rosa, approved by Ines"), (run.State, run.People));
        Assert.Equal("Ines has approved this already.", run.Approve(People.Ines, "Ines", null, Noon)?.Message);
        Assert.Equal(RefusalKind.Conflict, run.Decline(People.Ines, "Ines", "No", Noon)?.Kind);
    }

    [Fact]
    public void Decline_AStepThatWaits_EndsItAndNobodyApprovesItAfterwards()
    {
        var run = Asked();

        Assert.Null(run.Decline(People.Ines, "Ines", "They hang on the database", Noon.AddMinutes(1)));

        Assert.Equal((StepRunState.Declined, "asked by Rosa, declined by Ines", Noon.AddMinutes(1)), (run.State, run.People, run.EndedAt));
        Assert.Equal("Ines has declined this already.", run.Approve(People.Ines, "Ines", null, Noon)?.Message);
    }

    [Fact]
    public void New_OfAStepThatReads_MayRunWithoutAnybody()
    {
        var run = Queued();

        Assert.Equal((StepRunState.Approved, 3, ""), (run.State, run.Round, run.People));
        Assert.Equal("This step only reads, so nobody has to approve it.", run.Approve(People.Ines, "Ines", null, Noon)?.Message);
    }

    [Fact]
    public void Start_OfWhatNobodyApproved_IsABug()
    {
        Assert.Throws<InvalidOperationException>(() => Asked().Start(Restart.Timeout, Noon));
        var run = Queued();
        run.Start(Look.Timeout, Noon);
        Assert.Throws<InvalidOperationException>(() => run.Start(Look.Timeout, Noon));
    }

    [Fact]
    public void LoseIfHeldTooLong_APortalThatDoesNotComeBack_LeavesTheOutcomeUnknown()
    {
        var run = Queued();
        run.Start(Look.Timeout, Noon);

        Assert.False(run.LoseIfHeldTooLong(Noon + Look.Timeout));
        Assert.True(run.LoseIfHeldTooLong(Noon + Look.Timeout + StepRun.Grace));

        Assert.Equal((StepRunState.Unknown, "The portal that ran it did not come back. It may have run; look before you run it again."), (run.State, run.Why));
        Assert.False(run.LoseIfHeldTooLong(Noon.AddDays(1)));
        Assert.Throws<InvalidOperationException>(() => run.End(new(StepRunState.Succeeded, 200, null, null), Noon));
    }

    [Fact]
    public void Stop_WhatWaitsOrIsQueued_NeverRunsAndWhatRunsGoesOn()
    {
        var (waiting, running) = (Asked(), Queued());
        running.Start(Look.Timeout, Noon);

        Assert.True(waiting.Stop("The incident was over before it began.", Noon));
        Assert.False(running.Stop("The incident was over before it began.", Noon));

        Assert.Equal("This was stopped. The incident was over before it began. Ask again if it is still needed.", waiting.Approve(People.Ines, "Ines", null, Noon)?.Message);
        Assert.Equal(StepRunState.Running, running.State);
    }

    [Fact]
    public void AnyDeeds_InAnyOrder_StartARunAtMostOnceAndNeverMoveWhatIsOver() => Gen.Int[0, 7].Array[1, 12].Sample(deeds =>
    {
        var run = Asked();
        var starts = 0;
        foreach (var deed in deeds)
        {
            var (before, wasOver) = (run.State, run.IsOver);
            try
            {
                _ = deed switch
                {
                    0 => run.Approve(People.Ines, "Ines", null, Noon),
                    1 => run.Approve(People.Rosa, "Rosa", null, Noon),
                    2 => run.Decline(People.Ines, "Ines", "No", Noon),
                    3 => Void(() => { run.Start(Restart.Timeout, Noon); starts++; }),
                    4 => Void(() => run.End(new(StepRunState.Failed, 500, "", "It answered 500."), Noon)),
                    5 => Void(() => run.LoseIfHeldTooLong(Noon.AddHours(1))),
                    6 => Void(() => run.LoseIfHeldTooLong(Noon)),
                    _ => Void(() => run.Stop("Over.", Noon)),
                };
            }
            catch (InvalidOperationException)
            {
                Assert.Equal(before, run.State);
            }
            Assert.True(!wasOver || run.State == before);
            Assert.True(run.State != StepRunState.Running || run.DecidedById == People.Ines);
        }
        Assert.InRange(starts, 0, 1);
    });

    [Fact]
    public void MustStillHave_AStepThatWasChangedOrRemoved_IsRefused()
    {
        Runbook Next(params RunbookStep[] steps) => new(Guid.NewGuid(), Book.ServiceId, 2, "Checkout hangs", steps, Noon, "Olga");

        Assert.Null(Next(Look, Restart).MustStillHave(Restart));
        Assert.Equal(RefusalKind.Conflict, Next(Look, Restart with { Address = "https://example.com/erase" }).MustStillHave(Restart)?.Kind);
        Assert.Equal(RefusalKind.Conflict, Next(Look).MustStillHave(Restart)?.Kind);
    }

    private static StepRun Asked() => new(Guid.NewGuid(), Guid.NewGuid(), Book, Restart, People.Rosa, "Rosa", "They hang", Noon);

    private static StepRun Queued() => new(Guid.NewGuid(), Guid.NewGuid(), Book, Look, 3, Noon);

    private static Refusal? Void(Action deed)
    {
        deed();
        return null;
    }
}
