using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using static SloPortal.Application.Tests.Incidents.Escalation.PagingWorld;

namespace SloPortal.Application.Tests.Incidents.Escalation;

public sealed class PagingTests
{
    [Fact]
    public async Task Decide_TeamWithoutRules_CallsNobodyAndSaysWhy()
    {
        await using var world = await PagingWorld.CreateAsync();
        await world.FireAsync();

        await world.TickAsync();

        var line = Assert.Single(await world.LedgerAsync());
        Assert.Equal(SignalOutcome.NoPolicy, line.Outcome);
        Assert.Contains("has no paging rules, so nobody is called", line.Reason, StringComparison.Ordinal);
        Assert.Empty((await world.Get<ListPages.Handler>().HandleAsync(new ListPages(), world.Owner, Ct)).Require().Pages.Items);
    }

    [Fact]
    public async Task Decide_MilderThanEveryRule_IsRecordedWithItsReason()
    {
        await using var world = await PagingWorld.CreateAsync();
        await world.CallAsync(world.First);
        await world.FireAsync(severity: SignalSeverity.Warning);

        await world.TickAsync();

        Assert.Contains("No paging rule", Assert.Single(await world.LedgerAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_TenThousandAlertsOfOneService_OpenOnePageCallOnceAndEachStandsInTheLedger()
    {
        await using var world = await PagingWorld.CreateAsync();
        await using var second = world.Portal.Second();
        await world.CallAsync(world.First);
        foreach (var batch in Enumerable.Range(0, 10_000).Select(i => world.Fires($"disk {i}")).Chunk(500))
            await world.SendAsync(batch);

        // Past the runner's lock: both portals at once, as if the lock had been lost. One of them may find that the other was faster.
        await Task.WhenAll(world.TickAsync(), world.TickAsync(second));
        await world.TickAsync();

        var page = await world.PageAsync();
        Assert.Equal(10_000, page.SignalCount);
        Assert.Equal(ContactChannel.Portal, Assert.Single(page.Messages).Channel);
        var ledger = await world.LedgerAsync();
        Assert.Equal(10_000, ledger.Count(l => l.Kind == SignalEventKind.Fired && l.DecidedAt is not null));
        Assert.Single(ledger, l => l.Outcome == SignalOutcome.Paged);
        Assert.Equal(9_999, ledger.Count(l => l.Outcome == SignalOutcome.JoinedPage));
    }

    [Fact]
    public async Task Decide_RuleTellsPagesApartByALabel_OpensOneForEachValue()
    {
        await using var world = await PagingWorld.CreateAsync();
        await world.CallAsync([new LevelGiven(10, [new(EscalationTargetKind.Person, world.First.PersonId)])], groupBy: ["instance"]);
        await world.SendAsync(world.Fires("one"), world.Fires("two"));

        await world.TickAsync();

        Assert.Equal(2, (await world.Get<ListPages.Handler>().HandleAsync(new ListPages(), world.Owner, Ct)).Require().Open);
    }

    [Fact]
    public async Task Call_NobodyAnswers_GoesOnLevelByLevelAndTellsTheCommandersAtTheEnd()
    {
        await using var world = await PagingWorld.CreateAsync();
        var commander = await world.AddPersonAsync("Ines", Role.IncidentCommander);
        await world.GiveRoleAsync(commander, Role.IncidentCommander);
        await world.CallAsync(world.First, world.Second);
        await world.FireAsync();

        await world.TickAsync();
        Assert.Equal(["Aiko"], (await world.PageAsync()).Messages.Select(m => m.Person));
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(9));
        await world.TickAsync();
        Assert.Single((await world.PageAsync()).Messages);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.TickAsync();
        Assert.Equal(["Aiko", "Bela"], (await world.PageAsync()).Messages.Select(m => m.Person));
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.TickAsync();

        var page = await world.PageAsync();
        Assert.True(page.NobodyAnswered);
        Assert.Contains("Nobody answered", page.Events[^1].Sentence, StringComparison.Ordinal);
        Assert.Contains("Nobody answered", Assert.Single((await world.Get<ListNotices.Handler>().HandleAsync(new(), commander, Ct)).Require().Notices).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_LevelReachesNobody_CallsTheNextAtOnceAndSaysSo()
    {
        await using var world = await PagingWorld.CreateAsync();
        await world.CallAsync(world.First, world.Second);
        await using (var db = await world.Portal.ContextAsync())
            await db.Users.Where(u => u.Id == world.First.PersonId).ExecuteUpdateAsync(s => s.SetProperty(u => u.DisabledAt, world.Now), Ct);
        await world.FireAsync();

        await world.TickAsync();

        var page = await world.PageAsync();
        Assert.Equal(["Bela"], page.Messages.Select(m => m.Person));
        Assert.Contains(page.Events, e => e.Sentence.Contains("Level 1 reaches nobody: Aiko has no account any more.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_ClaimedByAnotherPortal_IsLeftToItWhileItLives(bool lives)
    {
        using var server = await MailServer.StartAsync();
        await using var world = await PagingWorld.CreateAsync(server.Settings);
        await world.AddWayAsync(world.First, ContactChannel.Mail, "aiko@example.com", delay: 1);
        await world.CallAsync(world.First);
        await world.FireAsync();
        await world.TickAsync();
        // As a portal that dies: its session ends with it.
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Portal.ConnectionString) { Pooling = false }.ConnectionString);
        await using var other = new PassLocks(database);
        var portal = await other.LiveAsync(Ct);
        if (!lives)
            await other.DisposeAsync();
        await using (var db = await world.Portal.ContextAsync())
            await db.PageMessages.Where(m => m.Channel == ContactChannel.Mail).ExecuteUpdateAsync(
                s => s.SetProperty(m => m.ClaimedBy, portal).SetProperty(m => m.Attempts, 1).SetProperty(m => m.NextAttemptAt, world.Now.AddSeconds(30)), Ct);

        await world.TickAsync();
        // The server takes a moment to see that a session has gone.
        for (var tries = 0; !lives && server.Mails.Count == 0 && tries < 100; tries++)
        {
            await Task.Delay(100, Ct);
            await world.TickAsync();
        }

        Assert.Equal(lives ? 0 : 1, server.Mails.Count);
        await using var after = await world.Portal.ContextAsync();
        var message = await after.PageMessages.SingleAsync(m => m.Channel == ContactChannel.Mail, Ct);
        Assert.Equal(lives ? (PageMessageState.Waiting, (long?)portal) : (PageMessageState.Sent, null), (message.State, message.ClaimedBy));
    }

    [Fact]
    public async Task Acknowledge_ByOneWhoWasCalled_StopsTheCallingAtOnce()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await PagingWorld.CreateAsync(server.Settings);
        await world.AddWayAsync(world.First, ContactChannel.Mail, "late@example.com", delay: 2);
        await world.CallAsync(world.First, world.Second);
        await world.FireAsync();
        await world.TickAsync();
        var number = (await world.PageAsync()).Number;

        (await world.Get<AcknowledgePage.Handler>().HandleAsync(new(number), world.First, Ct)).Require();
        (await world.Get<AcknowledgePage.Handler>().HandleAsync(new(number), world.First, Ct)).Require();
        world.Portal.Clock.Advance(TimeSpan.FromHours(2));
        await world.TickAsync();

        var page = await world.PageAsync();
        Assert.Equal((PageState.Acknowledged, AcknowledgedAs.Paged, AcknowledgedVia.Portal, "Aiko"), (page.State, page.AcknowledgedAs, page.AcknowledgedVia, page.AcknowledgedBy));
        Assert.Equal([PageMessageState.Sent, PageMessageState.Cancelled], page.Messages.Select(m => m.State).Order());
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Acknowledge_BySomebodyElseAndThenByAnother_NamesTheFirstAndTellsTheSecond()
    {
        await using var world = await PagingWorld.CreateAsync();
        await world.CallAsync(world.First);
        await world.FireAsync();
        await world.TickAsync();
        var number = (await world.PageAsync()).Number;

        (await world.Get<AcknowledgePage.Handler>().HandleAsync(new(number), world.Second, Ct)).Require();
        var late = await world.Get<AcknowledgePage.Handler>().HandleAsync(new(number), world.First, Ct);

        Assert.Contains("Bela has it since", late.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal((AcknowledgedAs.SomeoneElse, "Bela"), ((await world.PageAsync()).AcknowledgedAs, (await world.PageAsync()).AcknowledgedBy));
    }

    [Fact]
    public async Task Send_TwoPortalsAtOnce_OneMailWithALinkThatTakesThePage()
    {
        using var server = await MailServer.StartAsync();
        (string, string)[] settings = [.. server.Settings, ("Portal:PublicUrl", "https://slo.example.com")];
        await using var world = await PagingWorld.CreateAsync(server.Settings);
        await using var second = world.Portal.Second(settings);
        await world.CallAsync(world.First);
        await world.FireAsync();
        await world.Portal.Pass<DecideSignals>().RunAsync(world.Now, Ct);
        await world.Portal.Pass<CallLevels>().RunAsync(world.Now, Ct);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? world.Portal : second).Pass<SendCalls>().RunAsync(world.Now, Ct)));

        await UntilAsync(() => server.Mails.Count > 0);
        var mail = Assert.Single(server.Mails);
        Assert.Equal("Error: disk is full", mail.Subject);
        Assert.Contains("Why you: Rule 1 of", mail.TextBody, StringComparison.Ordinal);
        var token = mail.TextBody!.Split("/answer/")[1].Split('\n')[0].Trim();
        var read = (await world.Get<ReadAnswerLink.Handler>().HandleAsync(new(token), Ct)).Require();
        Assert.Equal((PageState.Open, "Aiko"), (read.State, read.Person));
        (await world.Get<AnswerByLink.Handler>().HandleAsync(new(token), Ct)).Require();
        var page = await world.PageAsync();
        Assert.Equal((AcknowledgedAs.Paged, AcknowledgedVia.Link, "Aiko"), (page.AcknowledgedAs, page.AcknowledgedVia, page.AcknowledgedBy));
        // Used twice, it says how things stand.
        Assert.Equal("Aiko", (await world.Get<ReadAnswerLink.Handler>().HandleAsync(new(token), Ct)).Require().TakenBy);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a link")]
    [InlineData("AAAA")]
    public async Task AnswerByLink_ForgedToken_TakesNothing(string token)
    {
        await using var world = await PagingWorld.CreateAsync();
        await world.CallAsync(world.First);
        await world.FireAsync();
        await world.TickAsync();

        Assert.Contains("This link has ended, or was changed", (await world.Get<AnswerByLink.Handler>().HandleAsync(new(token), Ct)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(PageState.Open, (await world.PageAsync()).State);
    }

    [Fact]
    public async Task Send_FirstWayFails_TriesTheNextAtOnceAndThePageSaysSo()
    {
        using var server = await MailServer.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = StatusCodes.Status500InternalServerError;
        await using var world = await PagingWorld.CreateAsync(server.Settings);
        await world.AddWayAsync(world.First, ContactChannel.Slack, receiver.Address);
        await world.AddWayAsync(world.First, ContactChannel.Mail, "phone@example.com", delay: 5);
        await world.CallAsync(world.First);
        await world.FireAsync();
        await world.TickAsync();
        Assert.Single(receiver.Taken);
        Assert.Empty(server.Mails);

        await world.TickAsync();

        await UntilAsync(() => server.Mails.Count > 0);
        Assert.Contains((await world.PageAsync()).Events, e => e.Sentence.StartsWith("Aiko could not be called by Slack: It answered 500", StringComparison.Ordinal) && e.Sentence.EndsWith("The next way is tried at once.", StringComparison.Ordinal));
        // Later it works again, and is sent under the same identity.
        receiver.Status = StatusCodes.Status200OK;
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.TickAsync();
        Assert.Equal(2, receiver.Taken.Count);
        Assert.Single(receiver.Taken.Select(t => t.Headers["Idempotency-Key"].ToString()).Distinct());
        Assert.All((await world.PageAsync()).Messages, m => Assert.Equal(PageMessageState.Sent, m.State));
    }

    [Fact]
    public async Task Send_WayNeverTakes_IsGivenUpAfterTwelveHours()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = StatusCodes.Status500InternalServerError;
        await using var world = await PagingWorld.CreateAsync();
        await world.AddWayAsync(world.First, ContactChannel.Webhook, receiver.Address);
        await world.CallAsync([new LevelGiven(EscalationLevel.MostMinutes, [new(EscalationTargetKind.Person, world.First.PersonId)])]);
        await world.FireAsync();
        await world.TickAsync();
        Assert.Equal(PageMessageState.Waiting, (await world.PageAsync()).Messages.Single(m => m.Channel == ContactChannel.Webhook).State);

        world.Portal.Clock.Advance(TimeSpan.FromHours(12));
        await world.TickAsync();
        world.Portal.Clock.Advance(TimeSpan.FromHours(1));
        await world.TickAsync();

        Assert.Equal(PageMessageState.Failed, (await world.PageAsync()).Messages.Single(m => m.Channel == ContactChannel.Webhook).State);
        Assert.Equal(2, receiver.Taken.Count);
    }

    [Fact]
    public async Task Decide_LastSignalEnds_EndsThePageAndWhatFiresAfterwardsOpensAnother()
    {
        await using var world = await PagingWorld.CreateAsync();
        await world.CallAsync(world.First);
        await world.SendAsync(world.Fires("one"), world.Fires("two"));
        await world.TickAsync();

        await world.EndAsync("one");
        await world.TickAsync();
        Assert.Equal(PageState.Open, (await world.PageAsync()).State);
        await world.EndAsync("two");
        await world.TickAsync();
        Assert.Equal(PageState.Resolved, (await world.PageAsync()).State);
        Assert.Equal([SignalOutcome.Recorded, SignalOutcome.Closed], (await world.LedgerAsync()).Where(l => l.Kind == SignalEventKind.Resolved).Select(l => l.Outcome!.Value));
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.FireAsync("one");
        await world.TickAsync();

        Assert.Equal(2, (await world.Get<ListPages.Handler>().HandleAsync(new ListPages(), world.Owner, Ct)).Require().Pages.Total);
    }

    [Fact]
    public async Task Decide_WorseSignalJoinsATakenPage_CallsAgain()
    {
        await using var world = await PagingWorld.CreateAsync();
        await world.CallAsync(world.First);
        await world.FireAsync();
        await world.TickAsync();
        (await world.Get<AcknowledgePage.Handler>().HandleAsync(new((await world.PageAsync()).Number), world.First, Ct)).Require();

        await world.FireAsync("database", SignalSeverity.Critical);
        await world.TickAsync();

        var page = await world.PageAsync();
        Assert.Equal((PageState.Open, SignalSeverity.Critical, 2), (page.State, page.Severity, page.Messages.Count));
    }

    [Fact]
    public async Task FollowBurnAlerts_AlertFiresAndEnds_CallsByTheSameRulesAndEndsThePage()
    {
        await using var world = await PagingWorld.CreateAsync();
        await world.CallAsync(world.First);
        var alert = Guid.CreateVersion7();
        await using (var db = await world.Portal.ContextAsync())
        {
            db.Alerts.Add(new Alert
            {
                Id = alert, ObjectiveId = world.Objective.Id, VersionId = await db.ObjectiveVersions.Where(v => v.ObjectiveId == world.Objective.Id).Select(v => v.Id).SingleAsync(Ct),
                Severity = AlertSeverity.Page, LongWindow = TimeSpan.FromHours(1), ShortWindow = TimeSpan.FromMinutes(5), Factor = 14.4, FiredAt = world.Now, LongBurn = 30, ShortBurn = 40,
            });
            await db.SaveChangesAsync(Ct);
        }

        await world.Portal.Pass<FollowBurnAlerts>().RunAsync(world.Now, Ct);
        await world.Portal.Pass<FollowBurnAlerts>().RunAsync(world.Now, Ct);
        await world.TickAsync();
        var page = await world.PageAsync();
        Assert.Contains("burns its budget 30.0 times", page.Title, StringComparison.Ordinal);
        Assert.Equal((SignalSeverity.Critical, 1), (page.Severity, page.SignalCount));
        await using (var db = await world.Portal.ContextAsync())
            await db.Alerts.Where(a => a.Id == alert).ExecuteUpdateAsync(s => s.SetProperty(a => a.ResolvedAt, world.Now), Ct);
        await world.Portal.Pass<FollowBurnAlerts>().RunAsync(world.Now, Ct);
        await world.TickAsync();

        Assert.Equal(PageState.Resolved, (await world.PageAsync()).State);
    }

    [Fact]
    public async Task SendTestPage_OwnWays_CallsTheActorAlone()
    {
        await using var world = await PagingWorld.CreateAsync();

        var number = (await world.Get<SendTestPage.Handler>().HandleAsync(new(), world.First, Ct)).Require();
        await world.TickAsync();

        var page = await world.PageAsync(number);
        Assert.Equal(["Aiko"], page.Messages.Select(m => m.Person));
        Assert.Contains("Nothing is wrong", page.Title, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 200 && !isSo(); i++)
            await Task.Delay(50, Ct);
    }
}
