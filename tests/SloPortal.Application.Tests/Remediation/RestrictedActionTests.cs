using SloPortal.Application.Audit;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Remediation;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Tests.Remediation;

public sealed class RestrictedActionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ActionOfARestrictedIncident_ToOthers_DoesNotExist()
    {
        await using var world = await ActionWorld.CreateAsync();
        var incident = await world.Incidents.DeclareAsync();
        var number = await world.CreateAsync(world.Incidents.Commander, dueIn: 0, incident: incident, title: "Secret work");
        Assert.NotEmpty(await world.ToldAsync(number));
        (await world.Get<RestrictIncident.Handler>().HandleAsync(new RestrictIncident(incident, []), world.Incidents.Commander, Ct)).Require();
        Assert.Empty(await world.ToldAsync(number));
        world.Incidents.Portal.Clock.Advance(TimeSpan.FromDays(2));

        var absent = await world.Get<GetAction.Handler>().HandleAsync(new GetAction(999), world.Member, Ct);
        var hidden = await world.Get<GetAction.Handler>().HandleAsync(new GetAction(number), world.Member, Ct);
        var changed = await world.Get<BeginAction.Handler>().HandleAsync(new BeginAction(number), world.Incidents.Administrator, Ct);

        Assert.Equal(RefusalKind.NotFound, hidden.Refusal!.Kind);
        Assert.Equal(absent.Refusal!.Message.Replace("999", "N", StringComparison.Ordinal), hidden.Refusal.Message.Replace($"{number}", "N", StringComparison.Ordinal));
        Assert.Equal(RefusalKind.NotFound, changed.Refusal!.Kind);
        Assert.Equal((0, 0), (await world.ListAsync()) is var list ? (list.Actions.Total, list.Overdue) : default);
        Assert.Equal(0, (await world.Get<CountNeeds.Handler>().HandleAsync(new CountNeeds(), world.Member, Ct)).OverdueActions);
        var audit = (await world.Get<ReadAudit.Handler>().HandleAsync(new ReadAudit(new AuditFilter()), world.Incidents.Auditor, Ct)).Require();
        Assert.DoesNotContain(audit.Entries, e => e.SubjectName.Contains("Secret work", StringComparison.Ordinal));

        Assert.Equal("Secret work", (await world.ReadAsync(number, world.Incidents.Commander)).Title);
        Assert.Equal(["Ines"], await world.Incidents.AuditOfAsync("action.read"));
    }

    [Fact]
    public async Task CreateAction_OnARestrictedIncident_TellsOnlyItsReaders()
    {
        await using var world = await ActionWorld.CreateAsync();
        var incident = await world.Incidents.DeclareAsync(restricted: true, readers: [world.Member.PersonId]);

        var number = await world.CreateAsync(world.Incidents.Commander, incident: incident);
        var shutOut = await world.TryCreateAsync(world.Incidents.Commander, assignee: world.Colleague.PersonId, incident: incident);

        Assert.Equal([world.Member.PersonId], await world.ToldAsync(number));
        Assert.Contains("Assignee", shutOut.Refusal!.Fields!.Keys);
        Assert.Equal(RefusalKind.NotFound, (await world.TryCreateAsync(world.Colleague, incident: incident)).Refusal!.Kind);
    }
}
