using Npgsql;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Incidents.Response;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents;

public sealed class ChangeIncidentTests
{
    [Fact]
    public async Task ChangeStatus_Illegal_SaysWhichAreLegal()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        var refused = (await world.Get<ChangeStatus.Handler>().HandleAsync(new(number, IncidentStatus.Closed), world.Commander, Ct)).Refusal!;

        Assert.Equal((RefusalKind.Conflict, "An incident that is detected cannot become closed; what can follow is acknowledged, mitigated or resolved."), (refused.Kind, refused.Message));
    }

    [Fact]
    public async Task ChangeStatus_AsItHappenedEarlier_KeepsBothTimesAndEndsTheImpact()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        (await world.Get<ChangeStatus.Handler>().HandleAsync(new(number, IncidentStatus.Mitigated, Noon.AddMinutes(-4), "rolled back"), world.Commander, Ct)).Require();

        Assert.Equal(Noon.AddMinutes(-4), (await world.ReadAsync(number)).EndedAt);
        var entry = (await world.TimelineAsync(number))[^1];
        Assert.Equal((Noon.AddMinutes(-4), Noon, Provenance.EnteredLater), (entry.OccurredAt, entry.RecordedAt, entry.Provenance));
        Assert.Equal("Status from detected to mitigated: rolled back", entry.Body);
    }

    [Fact]
    public async Task ChangeStatus_SameClientKeyAgain_ChangesNothing()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var change = world.Get<ChangeStatus.Handler>();
        var request = new ChangeStatus(number, IncidentStatus.Acknowledged, ClientKey: "k1");

        var first = (await change.HandleAsync(request, world.Commander, Ct)).Require();
        var again = (await change.HandleAsync(request, world.Commander, Ct)).Require();

        Assert.Equal(first, again);
        Assert.Equal(2, (await world.TimelineAsync(number)).Count);
    }

    [Fact]
    public async Task ChangeStatus_InTheFuture_IsAskedAbout()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        var refused = (await world.Get<ChangeStatus.Handler>().HandleAsync(new(number, IncidentStatus.Resolved, Noon.AddHours(1)), world.Commander, Ct)).Refusal!;

        Assert.Contains("OccurredAt", refused.Fields!.Keys);
    }

    [Fact]
    public async Task Changes_ByWhoDoesNotRunIt_AreDeniedUntilTheyCommandIt()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var other = await world.DeclareAsync();
        async Task<RefusalKind?[]> TryAsync() =>
        [
            (await world.Get<ChangeSeverity.Handler>().HandleAsync(new(number, IncidentSeverity.Sev1, "Worse"), world.Responder, Ct)).Refusal?.Kind,
            (await world.Get<ChangeStatus.Handler>().HandleAsync(new(number, IncidentStatus.Acknowledged), world.Responder, Ct)).Refusal?.Kind,
            (await world.Get<AssignRole.Handler>().HandleAsync(new(number, IncidentRole.Scribe, world.Responder.PersonId), world.Responder, Ct)).Refusal?.Kind,
            (await world.Get<RestrictIncident.Handler>().HandleAsync(new(number, [world.Commander.PersonId]), world.Responder, Ct)).Refusal?.Kind,
            (await world.Get<LiftRestriction.Handler>().HandleAsync(new(number, "Over"), world.Responder, Ct)).Refusal?.Kind,
        ];

        Assert.All(await TryAsync(), kind => Assert.Equal(RefusalKind.Denied, kind));
        Assert.Equal(RefusalKind.Denied, (await world.Get<MergeIncidents.Handler>().HandleAsync(new(number, other), world.Responder, Ct)).Refusal?.Kind);
        (await world.Get<AssignRole.Handler>().HandleAsync(new(number, IncidentRole.Commander, world.Responder.PersonId), world.Commander, Ct)).Require();
        Assert.All(await TryAsync(), Assert.Null);
        Assert.Contains((await world.Get<ListNotices.Handler>().HandleAsync(new(), world.Responder, Ct)).Require().Notices, n => n.Text.StartsWith("You are commander", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChangeImpact_EndBeforeStart_IsRefused_AndACorrectionIsRecorded()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var change = world.Get<ChangeImpact.Handler>();

        Assert.Contains("EndedAt", (await change.HandleAsync(new(number, Noon.AddMinutes(-5), Noon.AddMinutes(-6), null), world.Responder, Ct)).Refusal!.Fields!.Keys);
        Assert.Contains("UsersAffected", (await change.HandleAsync(new(number, Noon.AddMinutes(-5), null, -1), world.Responder, Ct)).Refusal!.Fields!.Keys);
        Assert.Contains("StartedAt", (await change.HandleAsync(new(number, Noon.AddMinutes(5), null, null), world.Responder, Ct)).Refusal!.Fields!.Keys);
        (await change.HandleAsync(new(number, Noon.AddMinutes(-30), null, 1200), world.Responder, Ct)).Require();

        Assert.Equal("Impact corrected: start from 2026-11-10 11:50:00 UTC to 2026-11-10 11:30:00 UTC; users affected from unknown to 1,200", (await world.TimelineAsync(number))[^1].Body);
    }

    [Fact]
    public async Task Describe_ByAStaleVersion_IsRefused_AndTheOldWordsStay()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var describe = world.Get<DescribeIncident.Handler>();
        var read = (await world.ReadAsync(number)).Version;
        (await describe.HandleAsync(new(number, "Payments fail", "All of them", read), world.Responder, Ct)).Require();

        Assert.Equal(RefusalKind.Conflict, (await describe.HandleAsync(new(number, "Mine", "", read), world.Commander, Ct)).Refusal?.Kind);
        Assert.Contains("“Checkout fails”", (await world.TimelineAsync(number))[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merge_TwoIncidents_LosesNoEntryAndMovesWhatBelongsToIt()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddAlertAsync(Noon.AddMinutes(-3));
        var merged = await world.DeclareAsync(title: "Same thing");
        var bare = (await world.Get<DeclareIncident.Handler>().HandleAsync(new("Survivor", IncidentSeverity.Sev2), world.Commander, Ct)).Require();
        await world.FollowAsync();
        var before = await world.TimelineAsync(merged);
        var merge = world.Get<MergeIncidents.Handler>();

        (await merge.HandleAsync(new(merged, bare), world.Commander, Ct)).Require();
        await world.FollowAsync();

        var survivor = await world.ReadAsync(bare);
        Assert.Equal(merged, Assert.Single(survivor.MergedFrom).Number);
        Assert.Equal(Noon.AddMinutes(-10), survivor.StartedAt);
        Assert.Single(survivor.Alerts);
        Assert.Single(survivor.Services);
        Assert.Single(survivor.Objectives);
        var gone = await world.ReadAsync(merged);
        Assert.Equal((bare, IncidentStatus.Closed), (gone.MergedInto!.Number, gone.Status));
        Assert.Equal((false, false), (gone.May.Write, gone.May.Run));
        Assert.Equal(before.Select(e => e.Id), (await world.TimelineAsync(merged)).SkipLast(1).Select(e => e.Id));
        // What the merged one has of the alert is shown with it and not written anew.
        Assert.DoesNotContain(await world.TimelineAsync(bare), e => e.Kind == EntryKind.Alert);
        Assert.Equal(RefusalKind.Conflict, (await world.Get<ChangeStatus.Handler>().HandleAsync(new(merged, IncidentStatus.Acknowledged), world.Commander, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await merge.HandleAsync(new(bare, bare), world.Commander, Ct)).Refusal?.Kind);

        var third = await world.DeclareAsync();
        (await merge.HandleAsync(new(bare, third), world.Commander, Ct)).Require();
        Assert.Equal([merged, bare], (await world.ReadAsync(third)).MergedFrom.Select(m => m.Number));
    }

    [Fact]
    public async Task SeverityLevel_ByAnAdministratorOnly_Changes()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var change = world.Get<ChangeSeverityLevel.Handler>();
        var request = new ChangeSeverityLevel(IncidentSeverity.Sev1, "Grave", "All is lost.", "Ours");

        Assert.Equal(RefusalKind.Denied, (await change.HandleAsync(request, world.Commander, Ct)).Refusal?.Kind);
        Assert.Contains("Criteria", (await change.HandleAsync(request with { Criteria = "" }, world.Administrator, Ct)).Refusal!.Fields!.Keys);
        (await change.HandleAsync(request, world.Administrator, Ct)).Require();

        Assert.Equal("Grave", (await world.Get<ListSeverityLevels.Handler>().HandleAsync(new(), world.Auditor, Ct)).Require()[0].Name);
    }

    [Theory]
    [InlineData("UPDATE timeline_entries SET body = 'Nothing happened'")]
    [InlineData("DELETE FROM timeline_entries")]
    [InlineData("TRUNCATE timeline_entries CASCADE")]
    [InlineData("UPDATE audit_entries SET actor_name = 'Somebody'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    public async Task Database_AsThePortalItself_RefusesToRewrite(string statement)
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        await using var command = world.Portal.Database.CreateCommand(statement);
        await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));

        Assert.Single(await world.TimelineAsync(number));
    }
}
