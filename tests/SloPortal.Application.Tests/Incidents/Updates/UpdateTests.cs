using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Updates;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Updates;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Updates;

public sealed class UpdateTests
{
    [Fact]
    public async Task Write_PageNeedsApproval_IsPublishedOnceSomebodyElseApproves()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync();
        var number = await world.DeclareAsync();

        var written = await world.WriteAsync(number, by: world.Commander);
        Assert.Equal(UpdateState.Waiting, written.State);
        Assert.Equal(RefusalKind.Denied, (await world.Get<ApproveUpdate.Handler>().HandleAsync(new(number, written.Id), world.Commander, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await world.Get<ApproveUpdate.Handler>().HandleAsync(new(number, written.Id), world.Responder, Ct)).Refusal?.Kind);
        Assert.DoesNotContain(await world.TimelineAsync(number), e => e.Kind == EntryKind.Update);
        (await world.Get<ApproveUpdate.Handler>().HandleAsync(new(number, written.Id), world.Administrator, Ct)).Require();

        var update = Assert.Single((await world.UpdatesAsync(number)).Published);
        Assert.Equal(("Ines", "Adam", "The shop fails", "Shop status"), (update.Author, update.DecidedBy, update.Title, Assert.Single(update.StatusPages).Name));
        var entry = Assert.Single(await world.TimelineAsync(number), e => e.Kind == EntryKind.Update);
        Assert.Contains("We look into it.", entry.Body, StringComparison.Ordinal);
        Assert.Equal(["Ines"], await world.AuditOfAsync("incident.update_written"));
        Assert.Equal(["Adam"], await world.AuditOfAsync("incident.update_published"));
    }

    [Fact]
    public async Task Approve_WordsThatChangedSince_IsRefused()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync();
        var number = await world.DeclareAsync();
        var written = await world.WriteAsync(number);
        var seen = Assert.Single((await world.UpdatesAsync(number)).Drafts);
        Assert.True(seen.MayApprove);

        (await world.Get<ReviseUpdate.Handler>().HandleAsync(new(number, written.Id, world.Given(title: "All is lost")), world.Responder, Ct)).Require();

        Assert.Equal(RefusalKind.Conflict, (await world.Get<ApproveUpdate.Handler>().HandleAsync(new(number, written.Id, seen.Version), world.Commander, Ct)).Refusal?.Kind);
        Assert.Empty((await world.UpdatesAsync(number)).Published);
    }

    [Fact]
    public async Task SendBack_WithAReason_GoesBackToItsAuthorWhoRewritesIt()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync();
        var number = await world.DeclareAsync();
        var written = await world.WriteAsync(number);

        Assert.Equal(RefusalKind.Invalid, (await world.Get<SendBackUpdate.Handler>().HandleAsync(new(number, written.Id, " "), world.Commander, Ct)).Refusal?.Kind);
        (await world.Get<SendBackUpdate.Handler>().HandleAsync(new(number, written.Id, "Name the region."), world.Commander, Ct)).Require();
        var back = Assert.Single((await world.UpdatesAsync(number, world.Responder)).Drafts);
        Assert.Equal((UpdateState.SentBack, "Name the region.", "Ines", true, false), (back.State, back.SentBackBecause, back.DecidedBy, back.IsMine, back.MayApprove));
        (await world.Get<ReviseUpdate.Handler>().HandleAsync(new(number, written.Id, world.Given(title: "The shop fails in the west"), back.Version), world.Responder, Ct)).Require();
        (await world.Get<ApproveUpdate.Handler>().HandleAsync(new(number, written.Id), world.Commander, Ct)).Require();

        Assert.Equal("The shop fails in the west", Assert.Single((await world.UpdatesAsync(number)).Published).Title);
    }

    [Fact]
    public async Task Write_NoPageNeedsApproval_IsPublishedAtOnce()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync("quick", needsApproval: false);
        await world.AddPageAsync();
        var number = await world.DeclareAsync();

        Assert.Equal(UpdateState.Published, (await world.WriteAsync(number, world.Given(pages: "quick"))).State);
        Assert.Equal(UpdateState.Published, (await world.WriteAsync(number, world.Given() with { StatusPages = [] })).State);
        Assert.Equal(UpdateState.Waiting, (await world.WriteAsync(number, world.Given(pages: ["quick", "shop"]))).State);
    }

    [Fact]
    public async Task Write_RestrictedIncident_GoesToNoStatusPage()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync(needsApproval: false);
        var number = await world.DeclareAsync(restricted: true);

        var refused = await world.Get<WriteUpdate.Handler>().HandleAsync(new(number, world.Given()), world.Commander, Ct);

        Assert.Contains("is restricted, so nothing about it goes to a status page", refused.Refusal?.Message, StringComparison.Ordinal);
        Assert.Empty((await world.Get<DraftUpdate.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require().StatusPages);
        Assert.Equal(UpdateState.Published, (await world.WriteAsync(number, world.Given() with { StatusPages = [] }, world.Commander)).State);
    }

    [Fact]
    public async Task Approve_IncidentBecameRestricted_IsRefused()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync();
        var number = await world.DeclareAsync();
        var written = await world.WriteAsync(number);
        (await world.Get<RestrictIncident.Handler>().HandleAsync(new(number, [world.Responder.PersonId]), world.Commander, Ct)).Require();

        Assert.Contains("is restricted", (await world.Get<ApproveUpdate.Handler>().HandleAsync(new(number, written.Id), world.Commander, Ct)).Refusal?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryOperation_OnARestrictedIncidentOfOthers_AnswersAsIfItDidNotExist()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync();
        var number = await world.DeclareAsync();
        var id = (await world.WriteAsync(number)).Id;
        (await world.Get<RestrictIncident.Handler>().HandleAsync(new(number, []), world.Commander, Ct)).Require();
        var by = world.Administrator;

        Refusal?[] refusals =
        [
            (await world.Get<GetUpdates.Handler>().HandleAsync(new(number), by, Ct)).Refusal,
            (await world.Get<DraftUpdate.Handler>().HandleAsync(new(number), by, Ct)).Refusal,
            (await world.Get<WriteUpdate.Handler>().HandleAsync(new(number, world.Given()), by, Ct)).Refusal,
            (await world.Get<ReviseUpdate.Handler>().HandleAsync(new(number, id, world.Given()), by, Ct)).Refusal,
            (await world.Get<ApproveUpdate.Handler>().HandleAsync(new(number, id), by, Ct)).Refusal,
            (await world.Get<SendBackUpdate.Handler>().HandleAsync(new(number, id, "No"), by, Ct)).Refusal,
            (await world.Get<WithdrawUpdate.Handler>().HandleAsync(new(number, id), by, Ct)).Refusal,
        ];

        Assert.All(refusals, refusal => Assert.Equal(Refusal.NotFound($"The incident INC-{number}"), refusal));
        Assert.Empty((await world.Get<ListUpdatesDue.Handler>().HandleAsync(new([number]), by, Ct)).Require());
    }

    [Fact]
    public async Task ListUpdatesDue_OpenIncidents_TellsWhatIsDueFirstAndWhatIsOverdue()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync(needsApproval: false);
        var (silent, promised, over) = (await world.DeclareAsync(), await world.DeclareAsync(), await world.DeclareAsync());
        await world.WriteAsync(promised, world.Given(next: Noon.AddMinutes(20)));
        await world.WriteAsync(over, world.Given(ToldState.Resolved));
        world.Portal.Clock.SetUtcNow(Noon.AddMinutes(30));

        var due = (await world.Get<ListUpdatesDue.Handler>().HandleAsync(new(), world.Responder, Ct)).Require();

        Assert.Equal(
            [(promised, DueBasis.Promised, Noon.AddMinutes(20), 600.0), (silent, DueBasis.First, Noon.AddHours(1), null), (over, DueBasis.None, null, (double?)null)],
            due.Select(d => (d.Incident, d.Basis, d.DueAt, d.OverdueSeconds)));
        Assert.Equal([Noon], due.Take(1).Select(d => d.LastAt!.Value));
    }

    [Fact]
    public async Task Updates_OfAMergedIncident_StandAmongThoseOfTheSurvivor()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync(needsApproval: false);
        var (merged, survivor) = (await world.DeclareAsync(), await world.DeclareAsync());
        await world.WriteAsync(merged, world.Given(title: "First"));
        (await world.Get<MergeIncidents.Handler>().HandleAsync(new(merged, survivor), world.Commander, Ct)).Require();
        world.Portal.Clock.SetUtcNow(Noon.AddMinutes(5));
        await world.WriteAsync(survivor, world.Given(title: "Second"));

        Assert.Equal(["Second", "First"], (await world.UpdatesAsync(survivor)).Published.Select(u => u.Title));
        Assert.Equal(["Second", "First"], Assert.Single((await world.ServedAsync())!.Incidents).Updates.Select(u => u.Title));
    }

    [Fact]
    public async Task Draft_AfterAnUpdate_BeginsWithTheLastWords()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync(needsApproval: false);
        var number = await world.DeclareAsync();

        var first = (await world.Get<DraftUpdate.Handler>().HandleAsync(new(number), world.Responder, Ct)).Require();
        Assert.Equal((ToldState.Investigating, "Problems with Shop", Noon.AddHours(1)), (first.State, first.Title, first.NextUpdateAt));
        Assert.True(Assert.Single(first.StatusPages).IsProposed);
        Assert.Equal(("Shop", ServiceCondition.Degraded), Assert.Single(first.Services.Select(s => (s.Name, s.Condition))));
        await world.WriteAsync(number, world.Given());
        (await world.Get<ChangeStatus.Handler>().HandleAsync(new(number, IncidentStatus.Mitigated), world.Commander, Ct)).Require();
        var next = (await world.Get<DraftUpdate.Handler>().HandleAsync(new(number), world.Responder, Ct)).Require();

        Assert.Equal((ToldState.Monitoring, "The shop fails", ServiceCondition.Outage), (next.State, next.Title, Assert.Single(next.Services).Condition));
    }

    [Fact]
    public async Task Database_ChangeOfAPublishedUpdate_IsRefused()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync(needsApproval: false);
        await world.WriteAsync(await world.DeclareAsync());
        await using var db = await world.Portal.ContextAsync();

        await Assert.ThrowsAsync<PostgresException>(() => db.IncidentUpdates.ExecuteUpdateAsync(set => set.SetProperty(u => u.Title, "Nothing happened"), Ct));
        await Assert.ThrowsAsync<PostgresException>(() => db.IncidentUpdates.ExecuteDeleteAsync(Ct));
    }
}
