using Npgsql;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Tests.Incidents.Timeline;

public sealed class WriteTimelineTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_SameKeyFromManyAtOnce_StandsOnce()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var before = (await world.TimelineAsync(number)).Count;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            world.Get<AddEntry.Handler>().HandleAsync(new(number, "deploy rolled back", ClientKey: $"key {i % 2}"), world.Responder, Ct), Ct)));

        Assert.Equal(2, outcomes.Select(o => o.Require()).Distinct().Count());
        Assert.Equal(before + 2, (await world.TimelineAsync(number)).Count);
    }

    [Fact]
    public async Task Add_ManyAtOnce_NumbersAndChainHaveNoGap()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            (await world.Get<AddEntry.Handler>().HandleAsync(new(number, $"entry {i}"), world.Responder, Ct)).Require(), Ct)));

        var timeline = await world.TimelineAsync(number);
        Assert.Equal(Enumerable.Range(1, timeline.Count), timeline.Select(e => e.Number));
        Assert.True(Assert.Single((await world.Get<VerifyTimeline.Handler>().HandleAsync(new(number), world.Auditor, Ct)).Require()).IsIntact);
    }

    [Fact]
    public async Task Add_InTheFutureOrBeforeTheService_IsAskedAboutUnlessConfirmed()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var add = world.Get<AddEntry.Handler>();

        foreach (var at in new[] { world.Now.AddHours(1), world.Now.AddYears(-1) })
        {
            Assert.EndsWith(UnusualTime.Or, (await add.HandleAsync(new(number, "x", OccurredAt: at), world.Responder, Ct)).Refusal!.Message, StringComparison.Ordinal);
            (await add.HandleAsync(new(number, "x", OccurredAt: at, ConfirmUnusualTime: true), world.Responder, Ct)).Require();
        }
    }

    [Fact]
    public async Task Add_LongAfterItHappened_IsEnteredLater()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        (await world.Get<AddEntry.Handler>().HandleAsync(new(number, "now"), world.Responder, Ct)).Require();
        (await world.Get<AddEntry.Handler>().HandleAsync(new(number, "then", OccurredAt: world.Now.AddMinutes(-5)), world.Responder, Ct)).Require();

        var timeline = await world.TimelineAsync(number);
        Assert.Equal([Provenance.Asserted, Provenance.EnteredLater], timeline.TakeLast(2).Select(e => e.Provenance));
    }

    [Fact]
    public async Task Add_AsAuditor_IsDenied()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        Assert.Equal(RefusalKind.Denied, (await world.Get<AddEntry.Handler>().HandleAsync(new(number, "x"), world.Auditor, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Write_Lines_DoWhatTheySay()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var write = world.Get<WriteLine.Handler>();

        foreach (var line in new[] { "/status acknowledged", "-5m /status mitigated pool restarted", "/severity 3 fewer users", "/role scribe Rosa", "/impact users 1200", "/decision roll back", "-5m deploy rolled back" })
            Assert.Null((await write.HandleAsync(new(number, line), world.Commander, Ct)).Require().Question);

        var incident = await world.ReadAsync(number);
        Assert.Equal((IncidentStatus.Mitigated, world.Now.AddMinutes(-5), IncidentSeverity.Sev3, 1200L), (incident.Status, incident.MitigatedAt, incident.Severity, incident.UsersAffected!.Value));
        Assert.Equal("Rosa", incident.Roles.Single(r => r.Role == IncidentRole.Scribe).Holder?.Name);
        var timeline = await world.TimelineAsync(number);
        Assert.Equal([EntryKind.Status, EntryKind.Status, EntryKind.Severity, EntryKind.Role, EntryKind.Impact, EntryKind.Decision, EntryKind.Note], timeline.TakeLast(7).Select(e => e.Kind));
    }

    [Fact]
    public async Task Write_StatusSentTwice_StandsOnce()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var write = world.Get<WriteLine.Handler>();

        var first = (await write.HandleAsync(new(number, "/status mitigated", "key"), world.Commander, Ct)).Require();
        var again = (await write.HandleAsync(new(number, "/status mitigated", "key"), world.Commander, Ct)).Require();

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Write_AfterWaitingForAConnection_HappenedWhenItWasTyped()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var write = world.Get<WriteLine.Handler>();

        (await write.HandleAsync(new(number, "pool restarted", TypedSecondsAgo: 300), world.Responder, Ct)).Require();
        (await write.HandleAsync(new(number, "-5m deploy", TypedSecondsAgo: 300), world.Responder, Ct)).Require();

        Assert.Equal([world.Now.AddMinutes(-5), world.Now.AddMinutes(-10)], (await world.TimelineAsync(number)).TakeLast(2).Select(e => e.OccurredAt));
    }

    [Fact]
    public async Task Write_UnusualTime_IsAQuestionAndAnIllegalStatusASentence()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var write = world.Get<WriteLine.Handler>();

        var asked = (await write.HandleAsync(new(number, "15:00 it is over", Zone: "UTC"), world.Responder, Ct)).Require();
        Assert.Contains("in the future", asked.Question, StringComparison.Ordinal);
        Assert.Contains("what can follow is", (await write.HandleAsync(new(number, "/status closed"), world.Commander, Ct)).Refusal!.Message, StringComparison.Ordinal);
        Assert.NotNull((await write.HandleAsync(new(number, "15:00 it is over", Zone: "UTC", ConfirmUnusualTime: true), world.Responder, Ct)).Require().Number);
    }

    [Fact]
    public async Task Write_InTheWritersZone_IsReadThere()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        (await world.Get<WriteLine.Handler>().HandleAsync(new(number, "12:55 it began", Zone: "Europe/Berlin"), world.Responder, Ct)).Require();

        Assert.Equal(new DateTimeOffset(2026, 11, 10, 11, 55, 0, TimeSpan.Zero), (await world.TimelineAsync(number))[^1].OccurredAt);
    }

    [Fact]
    public async Task Correct_AnEntry_BothStayAndOnlyOnce()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        (await world.Get<AddEntry.Handler>().HandleAsync(new(number, "vendor confirms an outage"), world.Responder, Ct)).Require();
        var wrong = (await world.TimelineAsync(number))[^1];
        var correct = world.Get<CorrectEntry.Handler>();

        Assert.Equal(RefusalKind.Invalid, (await correct.HandleAsync(new(number, wrong.Id, "vendor is healthy", ""), world.Responder, Ct)).Refusal?.Kind);
        (await correct.HandleAsync(new(number, wrong.Id, "vendor is healthy", "misread"), world.Responder, Ct)).Require();
        Assert.Contains("corrected this already", (await correct.HandleAsync(new(number, wrong.Id, "again", "x"), world.Responder, Ct)).Refusal!.Message, StringComparison.Ordinal);

        var page = (await world.Get<GetTimeline.Handler>().HandleAsync(new(number), world.Auditor, Ct)).Require();
        var (original, correction) = (page.Entries.Single(e => e.Id == wrong.Id), page.Entries.Single(e => e.Corrects is not null));
        Assert.Equal(("vendor confirms an outage", correction.Id), (original.Body, original.CorrectedBy!.Id));
        Assert.Equal(("vendor is healthy", "misread", wrong.Id), (correction.Body, correction.Reason, correction.Corrects!.Id));
    }

    [Fact]
    public async Task Import_SameChatTwice_AddsNothing()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var text = "[11:52] ruth: looks like the pool\n[11:53] omar: restarting\nsee log\n(joined)";
        var read = (await world.Get<ReadChat.Handler>().HandleAsync(new(number, text), world.Responder, Ct)).Require();
        ConfirmedMessage[] confirmed = [.. read.Messages.Select(m => new ConfirmedMessage(m.At, m.Author, m.Text))];
        var import = world.Get<ImportChat.Handler>();

        Assert.Equal(2, (await import.HandleAsync(new(number, confirmed), world.Responder, Ct)).Require());
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await import.HandleAsync(new(number, confirmed), world.Responder, Ct)).Require());

        Assert.All((await world.Get<ReadChat.Handler>().HandleAsync(new(number, text), world.Responder, Ct)).Require().Messages, m => Assert.True(m.Known));
        var last = (await world.TimelineAsync(number)).TakeLast(2).ToList();
        Assert.Equal(["ruth", "omar"], last.Select(e => e.AuthorName));
        Assert.All(last, e => Assert.Equal(("chat", Provenance.EnteredLater), (e.Source, e.Provenance)));
    }

    [Fact]
    public async Task Read_TooLongAChat_IsRefusedWithTheReason()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        var refusal = (await world.Get<ReadChat.Handler>().HandleAsync(new(number, new string('a', ReadChat.LongestText + 1)), world.Responder, Ct)).Refusal;

        Assert.Contains("Paste it in parts", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeline_RewrittenAsThePortalsOwnUser_IsRefusedByTheDatabase()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await using var db = await world.Portal.ContextAsync();
        foreach (var statement in new[] { "UPDATE timeline_entries SET body = 'x'", "DELETE FROM timeline_entries", "TRUNCATE timeline_entries CASCADE" })
        {
            await using var connection = new NpgsqlConnection(Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetConnectionString(db.Database));
            await connection.OpenAsync(Ct);
            await using var command = new NpgsqlCommand(statement, connection);
            await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));
        }
        Assert.NotEmpty(await world.TimelineAsync(number));
    }
}
