using SloPortal.Application.Audit;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Teams;

public sealed class RestrictedTeamsTests
{
    [Fact]
    public async Task Ask_InARestrictedIncident_CallsNobodyAndTellsItsReadersOnly()
    {
        await using var teams = await TeamWorld.CreateAsync(calls: true);
        var number = await teams.World.DeclareAsync(restricted: true, readers: [teams.Priya.PersonId]);

        await teams.AskAsync(number);

        Assert.Empty(await teams.PagesAsync());
        Assert.Contains(await teams.NoticesAsync(teams.Priya), n => n.Contains("Look at the queue", StringComparison.Ordinal));
        Assert.Empty(await teams.NoticesAsync(teams.Paul));
        Assert.Equal(RefusalKind.NotFound, (await teams.World.Get<GetIncidentTeams.Handler>().HandleAsync(new(number), teams.Paul, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Restrict_WithAPageThatCallsToIt_TakesItsWordsAway()
    {
        await using var teams = await TeamWorld.CreateAsync(calls: true);
        var number = await teams.World.DeclareAsync();
        await teams.AskAsync(number);
        await teams.World.Portal.Pass<CallLevels>().RunAsync(teams.World.Now, Ct);
        Assert.Contains(await teams.NoticesAsync(teams.Priya), n => n.StartsWith("You are called: INC-", StringComparison.Ordinal));

        (await teams.World.Get<RestrictIncident.Handler>().HandleAsync(new(number, []), teams.World.Commander, Ct)).Require();

        var page = Assert.Single(await teams.PagesAsync());
        Assert.Equal((PageState.Resolved, "An incident.", "An incident."), (page.State, page.Title, page.Reason));
        Assert.DoesNotContain(await teams.NoticesAsync(teams.Priya), n => n.Contains("INC-", StringComparison.Ordinal));
        var audit = (await teams.World.Get<ReadAudit.Handler>().HandleAsync(new(new()), teams.World.Auditor, Ct)).Require();
        Assert.DoesNotContain(audit.Entries, e => e.SubjectName.Contains("Look at the queue", StringComparison.Ordinal) || e.Action == "page.asked");
    }

    [Fact]
    public async Task Restrict_WithALeadWhoWouldBeShutOut_IsRefused()
    {
        await using var teams = await TeamWorld.CreateAsync();
        var number = await teams.World.DeclareAsync();
        await teams.AskAsync(number);
        await teams.LeadAsync(number, teams.Priya);
        var restrict = teams.World.Get<RestrictIncident.Handler>();

        Assert.Equal("Whoever leads Payments in INC-1 would no longer see it. Name them too, or give the lead to somebody else first.", (await restrict.HandleAsync(new(number, []), teams.World.Commander, Ct)).Refusal?.Message);
        (await restrict.HandleAsync(new(number, [teams.Priya.PersonId]), teams.World.Commander, Ct)).Require();
    }

    [Fact]
    public async Task Link_ToARestrictedIncident_IsSeenByWhoeverSeesBoth()
    {
        await using var teams = await TeamWorld.CreateAsync();
        var (open, closed) = (await teams.World.DeclareAsync(), await teams.World.DeclareAsync(restricted: true, readers: [teams.Priya.PersonId], title: "Somebody is inside"));
        (await teams.World.Get<LinkIncidents.Handler>().HandleAsync(new(open, closed, IncidentRelation.Child), teams.Priya, Ct)).Require();

        Assert.Equal([closed], (await teams.ReadAsync(open, teams.Priya)).Linked.Select(l => l.Incident.Number));
        Assert.Empty((await teams.ReadAsync(open, teams.Paul)).Linked);
        Assert.DoesNotContain(await teams.World.TimelineAsync(open), e => e.Body.Contains("INC-" + closed, StringComparison.Ordinal) || e.Details.Contains("INC-" + closed, StringComparison.Ordinal));
        var audit = (await teams.World.Get<ReadAudit.Handler>().HandleAsync(new(new()), teams.World.Auditor, Ct)).Require();
        Assert.DoesNotContain(audit.Entries, e => (e.SubjectName + e.Details).Contains("Somebody is inside", StringComparison.Ordinal) || (e.SubjectName + e.Details).Contains("INC-" + closed, StringComparison.Ordinal));
        Assert.Equal(RefusalKind.NotFound, (await teams.World.Get<LinkIncidents.Handler>().HandleAsync(new(open, closed, IncidentRelation.Related), teams.Paul, Ct)).Refusal?.Kind);
    }
}
