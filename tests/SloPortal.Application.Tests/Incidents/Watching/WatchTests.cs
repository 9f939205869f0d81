using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Detection.Watching;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Domain.Incidents.Timeline;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Watching;

public sealed class WatchTests
{
    [Fact]
    public async Task Expire_NobodyProlonged_LeavesTheListTellsTheOwnerAndStaysFindable()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var item = await world.FindOneAsync();
        (await world.Get<OwnWatch.Handler>().HandleAsync(new(item.Id), world.Responder, Ct)).Require();

        world.Portal.Clock.SetUtcNow(item.ExpiresAt.AddSeconds(-1));
        await world.Portal.Pass<ExpireWatches>().RunAsync(world.Now, Ct);
        Assert.Single(await world.WatchedAsync());
        world.Portal.Clock.SetUtcNow(item.ExpiresAt);
        await world.Portal.Pass<ExpireWatches>().RunAsync(world.Now, Ct);
        await world.Portal.Pass<ExpireWatches>().RunAsync(world.Now, Ct);

        Assert.Empty(await world.WatchedAsync());
        Assert.Equal(item.Id, Assert.Single(await world.WatchedAsync(WatchState.Expired)).Id);
        Assert.Single(await world.NoticesAsync(world.Responder), $"Watched no longer, since nobody prolonged it: {item.Title}");
        Assert.Equal(RefusalKind.Conflict, (await world.Get<ExtendWatch.Handler>().HandleAsync(new(item.Id, world.Now.AddDays(3)), world.Responder, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Decide_ByWhoHasNothingToDoWithIt_IsDeniedUntilTheyTakeIt()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var item = await world.FindOneAsync();
        var owner = await world.AddOwnerAsync();

        Assert.Equal(RefusalKind.Denied, (await world.Get<DismissWatch.Handler>().HandleAsync(new(item.Id, "Nothing."), world.Responder, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await world.Get<ExtendWatch.Handler>().HandleAsync(new(item.Id, Noon.AddDays(9)), world.Responder, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await world.Get<OwnWatch.Handler>().HandleAsync(new(item.Id, owner.PersonId), world.Responder, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await world.Get<OwnWatch.Handler>().HandleAsync(new(item.Id), world.Auditor, Ct)).Refusal?.Kind);
        (await world.Get<ExtendWatch.Handler>().HandleAsync(new(item.Id, Noon.AddDays(9), "Until the vendor answers."), owner, Ct)).Require();
        (await world.Get<OwnWatch.Handler>().HandleAsync(new(item.Id), world.Responder, Ct)).Require();
        (await world.Get<DismissWatch.Handler>().HandleAsync(new(item.Id, "A crawler."), world.Responder, Ct)).Require();

        var read = await world.WatchAsync(item.Id);
        Assert.Equal(
            [(WatchEvent.Dismissed, "Rosa", "A crawler."), (WatchEvent.Owned, "Rosa", "Rosa owns it."), (WatchEvent.Extended, "Olga", "Watched until 2026-11-19 12:00 UTC. Until the vendor answers.")],
            read.History.Take(3).Select(h => (h.Event, h.By, h.Said)));
        Assert.Equal(["Rosa"], await world.AuditOfAsync("watch.dismissed"));
    }

    [Fact]
    public async Task EveryChange_SentTwiceWithItsKey_CountsOnce()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var by = world.Commander;
        var made = new WatchByHand(world.Service, "Slow searches", "Two customers asked.", "availability", ClientKey: "a");
        var id = (await world.Get<WatchByHand.Handler>().HandleAsync(made, by, Ct)).Require();

        Assert.Equal(id, (await world.Get<WatchByHand.Handler>().HandleAsync(made, by, Ct)).Require());
        for (var i = 0; i < 2; i++)
        {
            (await world.Get<OwnWatch.Handler>().HandleAsync(new(id, world.Responder.PersonId, "b"), by, Ct)).Require();
            (await world.Get<ExtendWatch.Handler>().HandleAsync(new(id, Noon.AddDays(9), null, "c"), by, Ct)).Require();
        }
        var first = (await world.Get<PromoteWatch.Handler>().HandleAsync(new(id, IncidentSeverity.Sev3, ClientKey: "d"), by, Ct)).Require();
        Assert.Equal(first, (await world.Get<PromoteWatch.Handler>().HandleAsync(new(id, IncidentSeverity.Sev3, ClientKey: "d"), by, Ct)).Require());

        Assert.Equal([WatchEvent.Promoted, WatchEvent.Extended, WatchEvent.Owned, WatchEvent.Added], (await world.WatchAsync(id)).History.Select(h => h.Event));
        Assert.Single(await world.WatchedAsync(null));
        Assert.Single(await world.NoticesAsync(world.Responder), $"Ines gave you to watch: Slow searches");
    }

    [Fact]
    public async Task Promote_WithItsHistory_DeclaresOneIncidentWhoseTimelineHasIt()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var item = await world.FindOneAsync();
        (await world.Get<OwnWatch.Handler>().HandleAsync(new(item.Id), world.Responder, Ct)).Require();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => world.Get<PromoteWatch.Handler>().HandleAsync(new(item.Id, IncidentSeverity.Sev3), world.Responder, Ct)));

        var number = Assert.Single(outcomes, o => o.Succeeded).Value;
        Assert.All(outcomes.Where(o => !o.Succeeded), o => Assert.Equal("Rosa made an incident of it already.", o.Refusal!.Message));
        var incident = await world.ReadAsync(number);
        Assert.Equal(("Checkout: Availability", Noon.AddDays(-1)), (incident.Title, incident.StartedAt));
        Assert.Equal(world.Service, Assert.Single(incident.Services).Slug);
        var notes = (await world.TimelineAsync(number)).Where(e => e.Source == "watch list").ToList();
        Assert.Equal([$"On the watch list, added: {item.Reason}", "On the watch list, owned by Rosa: Rosa owns it."], notes.Select(n => n.Body));
        Assert.Equal([Provenance.Observed, Provenance.EnteredLater], notes.Select(n => n.Provenance));
        Assert.Single(await world.TimelineAsync(number), e => e.Kind == EntryKind.Link);
        Assert.Equal((WatchState.Promoted, number), ((await world.WatchAsync(item.Id)).Item.State, (await world.WatchAsync(item.Id)).Item.Incident));
        await world.LookAsync();
        Assert.Empty(await world.WatchedAsync());
    }

    [Fact]
    public async Task Promote_ToARestrictedIncident_SaysNoMoreThanThatToOthers()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var item = await world.FindOneAsync();
        (await world.Get<OwnWatch.Handler>().HandleAsync(new(item.Id), world.Responder, Ct)).Require();
        var number = (await world.Get<PromoteWatch.Handler>().HandleAsync(new(item.Id, IncidentSeverity.Sev1, "Somebody reads our cards", "Secret", Restricted: true, ClientKey: "x"), world.Commander, Ct)).Require();

        var read = await world.WatchAsync(item.Id);
        Assert.Equal((WatchState.Promoted, null), (read.Item.State, read.Item.Incident));
        Assert.Equal(number, (await world.WatchAsync(item.Id, world.Commander)).Item.Incident);
        Assert.Equal("Promoted to an incident.", read.History[0].Said);
        Assert.Equal([$"Ines promoted what you watch: {item.Title}"], await world.NoticesAsync(world.Responder));
        Assert.Equal(RefusalKind.Conflict, (await world.Get<PromoteWatch.Handler>().HandleAsync(new(item.Id, IncidentSeverity.Sev1, ClientKey: "x"), world.Responder, Ct)).Refusal?.Kind);
        var told = System.Text.Json.JsonSerializer.Serialize(new object[] { read, await world.WatchedAsync(null), await world.NoticesAsync(world.Responder) });
        Assert.DoesNotContain("cards", told, StringComparison.Ordinal);
        Assert.DoesNotContain($"INC-{number}", told, StringComparison.Ordinal);
        await using var db = await world.Portal.ContextAsync();
        Assert.All(await db.AuditEntries.Where(e => e.SubjectKind == "watch").Select(e => e.Details).ToListAsync(Ct), details => Assert.DoesNotContain("INC-", details, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Notes_Changed_AreRefusedByTheDatabase()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.FindOneAsync();
        await using var db = await world.Portal.ContextAsync();

        await Assert.ThrowsAsync<PostgresException>(() => db.WatchNotes.ExecuteUpdateAsync(set => set.SetProperty(n => n.Said, "Nothing."), Ct));
        await Assert.ThrowsAsync<PostgresException>(() => db.WatchNotes.ExecuteDeleteAsync(Ct));
    }
}
