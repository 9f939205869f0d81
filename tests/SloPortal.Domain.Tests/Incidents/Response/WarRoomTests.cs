using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.WarRooms;

namespace SloPortal.Domain.Tests.Incidents.Response;

public sealed class WarRoomTests
{
    private const string Call = "https://meet.example.com/inc-1";

    private static readonly DateTimeOffset Noon = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void OpenWarRoom_AfterItWasClosed_OpensAgainWithTheSameCall()
    {
        var incident = Make();
        Assert.Equal(RefusalKind.Conflict, incident.CloseWarRoom(Noon)?.Kind);
        Assert.Equal(RefusalKind.Conflict, incident.SayCallLink(Call)?.Kind);

        Assert.Null(incident.OpenWarRoom(Call, Noon));
        Assert.Equal(RefusalKind.Conflict, incident.OpenWarRoom(null, Noon)?.Kind);
        Assert.Null(incident.CloseWarRoom(Noon.AddHours(1)));
        Assert.Equal((false, Noon.AddHours(1)), (incident.HasWarRoom, incident.WarRoomClosedAt));

        Assert.Null(incident.OpenWarRoom(null, Noon.AddHours(2)));
        Assert.Equal((true, Noon.AddHours(2), null, Call), (incident.HasWarRoom, incident.WarRoomOpenedAt, incident.WarRoomClosedAt, incident.CallLink));
    }

    [Fact]
    public void ChangeStatus_ToClosed_ClosesTheWarRoomButNotBeforeItOpened()
    {
        var incident = Make();
        incident.ChangeStatus(IncidentStatus.Acknowledged, Noon);
        incident.OpenWarRoom(Call, Noon.AddMinutes(5));
        incident.ChangeStatus(IncidentStatus.Resolved, Noon.AddMinutes(1));
        Assert.True(incident.HasWarRoom);

        incident.ChangeStatus(IncidentStatus.Closed, Noon.AddMinutes(2));

        Assert.Equal((false, Noon.AddMinutes(5)), (incident.HasWarRoom, incident.WarRoomClosedAt));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void MergeInto_OneHasAnOpenRoom_TheSurvivorHasOne(bool own, bool other)
    {
        var (incident, into) = (Make(), Make());
        if (own)
            incident.OpenWarRoom(Call, Noon);
        if (other)
            into.OpenWarRoom(Call + "/other", Noon.AddHours(-1));

        Assert.Null(incident.MergeInto(into, Noon));

        Assert.Equal((own || other, other ? Call + "/other" : own ? Call : null), (into.HasWarRoom, into.CallLink));
    }

    [Theory]
    [InlineData("https://meet.example.com/{code}", true)]
    [InlineData("https://meet.example.com", true)]
    [InlineData("http://meet.example.com", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://ines:secret@meet.example.com", false)]
    [InlineData("meet.example.com/1", false)]
    public void RefusalForLink_OnlyHttps_IsTaken(string link, bool taken) => Assert.Equal(taken, WarRoomPlan.RefusalForLink(link) is null);

    [Fact]
    public void CallLinkOf_WithCode_NamesTheIncident() =>
        Assert.Equal("https://meet.example.com/INC-42", (WarRoomPlan.Usual with { CallLink = "https://meet.example.com/{code}" }).CallLinkOf("INC-42"));

    [Fact]
    public void RefusalFor_WrongChecklists_SaysWhich()
    {
        Assert.Null(WarRoomPlan.RefusalFor(WarRoomPlan.Usual.Checklists));
        Assert.Equal("Give each role one checklist.", WarRoomPlan.RefusalFor([new(IncidentRole.Scribe, []), new(IncidentRole.Scribe, [])]));
        Assert.Equal("Step 2 of the scribe is empty. Fill it in, or remove it.", WarRoomPlan.RefusalFor([new(IncidentRole.Scribe, ["Write.", " "])]));
        Assert.StartsWith("The checklist of the commander has more than 12 steps.", WarRoomPlan.RefusalFor([new(IncidentRole.Commander, [.. Enumerable.Repeat("Act.", 13)])]), StringComparison.Ordinal);
    }

    [Fact]
    public void Task_Step_IsGivenToNobodyAndMovesOnce()
    {
        var step = new IncidentTask(Guid.NewGuid(), Guid.NewGuid(), "Act.", IncidentRole.Commander, 1, Guid.NewGuid(), Noon);
        var by = Guid.NewGuid();

        Assert.Equal(RefusalKind.Conflict, step.GiveTo(by)?.Kind);
        Assert.Null(step.Move(TaskState.Done, by, Noon));
        Assert.Equal("This is done already.", step.Move(TaskState.Done, by, Noon)?.Message);
        Assert.Equal((TaskState.Done, by, Noon), (step.State, step.MovedBy, step.MovedAt));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void IsHereAt_AMinuteAfterTheLastWord_IsGone(int seconds, bool here) =>
        Assert.Equal(here, new Attendance(Guid.NewGuid(), Guid.NewGuid(), Noon, Noon).IsHereAt(Noon.AddSeconds(seconds)));

    private static Incident Make() => new(Guid.NewGuid(), "Checkout fails", "", IncidentSeverity.Sev2, Noon.AddHours(-1), Guid.NewGuid(), Noon);
}
