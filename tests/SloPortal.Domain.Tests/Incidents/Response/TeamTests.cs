using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Response.Teams;

namespace SloPortal.Domain.Tests.Incidents.Response;

public sealed class TeamTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Giver = Guid.NewGuid();
    private static readonly Guid Taker = Guid.NewGuid();

    [Fact]
    public void Say_BeforeSomebodyLeads_IsRefusedButForDone()
    {
        var team = Asked();

        Assert.Equal(RefusalKind.Conflict, team.Say(TeamState.Working, "", Noon)?.Kind);
        Assert.Equal(RefusalKind.Conflict, team.Say(TeamState.Waiting, "for the bank", Noon)?.Kind);
        Assert.Equal(RefusalKind.Invalid, team.Say(TeamState.Asked, "", Noon)?.Kind);
        Assert.Null(team.Say(TeamState.Done, "", Noon));
    }

    [Fact]
    public void Lead_OfAnAskedTeam_BeginsItsWork()
    {
        var team = Asked();

        Assert.Null(team.Lead(Taker, Noon.AddMinutes(3)));

        Assert.Equal((TeamState.Working, Noon.AddMinutes(3), Taker), (team.State, team.StateSince, team.LeadId));
        Assert.Equal(RefusalKind.Conflict, team.Lead(Taker, Noon.AddMinutes(4))?.Kind);
    }

    [Fact]
    public void Lead_OfATeamThatWaits_LeavesItWaiting()
    {
        var team = Asked();
        team.Lead(Giver, Noon);
        Assert.Equal("Note", Assert.Single(team.Say(TeamState.Waiting, "", Noon)!.Fields!).Key);
        Assert.Null(team.Say(TeamState.Waiting, "for the bank", Noon.AddMinutes(1)));

        Assert.Null(team.Lead(Taker, Noon.AddMinutes(2)));

        Assert.Equal((TeamState.Waiting, "for the bank", Noon.AddMinutes(1)), (team.State, team.Note, team.StateSince));
    }

    [Fact]
    public void Say_TheSameStateWithAnotherNote_KeepsSinceWhen()
    {
        var team = Asked();
        team.Lead(Giver, Noon);

        Assert.Null(team.Say(TeamState.Working, "restarts the queue", Noon.AddMinutes(5)));

        Assert.Equal(Noon, team.StateSince);
        Assert.Equal(RefusalKind.Conflict, team.Say(TeamState.Working, "restarts the queue", Noon.AddMinutes(6))?.Kind);
    }

    [Fact]
    public void AskAgain_OnceItsPartWasOver_NeedsANewLead()
    {
        var team = Asked();
        Assert.Equal(RefusalKind.Conflict, team.AskAgain("Look again", Giver, Noon)?.Kind);
        team.Lead(Giver, Noon);
        team.Say(TeamState.Done, "", Noon);

        Assert.Null(team.AskAgain("Look again", Giver, Noon.AddHours(1)));

        Assert.Equal((TeamState.Asked, null, "Look again"), (team.State, team.LeadId, team.Part));
    }

    [Fact]
    public void HandOff_Offered_IsAcceptedByAnotherOfTheReceivingTeamOnly()
    {
        var handOff = Offer();

        Assert.Equal(RefusalKind.Denied, handOff.Accept(Taker, isOfReceiver: false, Noon)?.Kind);
        Assert.Equal(RefusalKind.Denied, handOff.Accept(Giver, isOfReceiver: true, Noon)?.Kind);
        Assert.Null(handOff.Accept(Taker, isOfReceiver: true, Noon));

        Assert.Equal((HandOffState.Accepted, Taker, null), (handOff.State, handOff.AnsweredBy, handOff.NextStepAt));
        Assert.Equal(RefusalKind.Conflict, handOff.Withdraw(Giver, Noon)?.Kind);
        Assert.Equal(RefusalKind.Conflict, handOff.Decline(Taker, true, "No.", Noon)?.Kind);
    }

    [Fact]
    public void Decline_WithoutAReason_IsRefused()
    {
        var handOff = Offer();

        Assert.Equal("Reason", Assert.Single(handOff.Decline(Taker, true, "", Noon)!.Fields!).Key);
        Assert.Equal(HandOffState.Offered, handOff.State);
    }

    [Fact]
    public void Step_OfAnOfferThatNobodyAnswers_RemindsOnceAndEscalatesOnce()
    {
        var handOff = Offer();
        var steps = Enumerable.Range(0, 60).Select(minute => (minute, Step: handOff.Step(Noon.AddMinutes(minute)))).Where(s => s.Step != HandOffStep.Nothing);

        Assert.Equal([(10, HandOffStep.Remind), (20, HandOffStep.Escalate)], steps);
    }

    [Fact]
    public void Step_AfterAnAnswer_IsNothing()
    {
        var handOff = Offer();
        handOff.Withdraw(Giver, Noon);

        Assert.Equal(HandOffStep.Nothing, handOff.Step(Noon.AddHours(1)));
    }

    private static InvolvedTeam Asked() => new(Guid.NewGuid(), Guid.NewGuid(), "Look at the queue", Giver, Noon);

    private static HandOff Offer() => new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "It climbs.", null, Giver, Noon);
}
