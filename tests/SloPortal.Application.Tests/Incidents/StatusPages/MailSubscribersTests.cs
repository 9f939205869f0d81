using System.Text;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Application.Incidents.StatusPages.Subscribers;
using SloPortal.Application.Incidents.Updates;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Application.Tests.Incidents.Updates;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents.StatusPages;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;
using static SloPortal.Application.Tests.Incidents.StatusPages.SubscriberWorld;

namespace SloPortal.Application.Tests.Incidents.StatusPages;

public sealed class MailSubscribersTests
{
    [Fact]
    public async Task Publish_ConfirmedSubscribers_EachGetOneMailByTheNamesOfThePage()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync();
        await world.AddPageAsync("other", needsApproval: false);
        await world.SubscribeAsync(server);
        (await world.AskAsync("silent@example.org")).Require();
        await world.SubscribeAsync(server, "elsewhere@example.org", "other");
        var number = await world.DeclareAsync(title: "db-7 is on fire");

        var written = await world.WriteAsync(number, world.Given(title: "The <shop> fails", next: Noon.AddHours(1)));
        Assert.Empty(await world.MailsAsync());
        (await world.Get<ApproveUpdate.Handler>().HandleAsync(new(number, written.Id), world.Commander, Ct)).Require();
        await world.MailAsync();

        var mail = (await server.ToAsync(Reader, 2))[1];
        Assert.Equal("Shop status: The <shop> fails (investigating)", mail.Subject);
        foreach (var line in (string[])["Investigating: The <shop> fails", "We look into it.", "Shop: outage", "Next update by 10 Nov 2026, 13:00 UTC.", "https://slo.example.com/status/shop#"])
            Assert.Contains(line, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("The &lt;shop&gt; fails", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("db-7", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(("auto-generated", "bulk", "List-Unsubscribe=One-Click"), (mail.Headers["Auto-Submitted"], mail.Headers["Precedence"], mail.Headers["List-Unsubscribe-Post"]));
        // On one line and not encoded: otherwise mail programs do not know it.
        Assert.Equal($" <https://slo.example.com/status/shop/unsubscribe/{TokenIn(mail, "unsubscribe")}>", Encoding.ASCII.GetString(mail.Headers.Single(h => h.Field == "List-Unsubscribe").RawValue).TrimEnd());
        var sent = Assert.Single(await world.MailsAsync());
        Assert.Equal((NotificationState.Sent, Noon, 1), (sent.State, sent.SentAt, sent.Attempts));
        Assert.StartsWith(sent.Id.ToString("N"), mail.MessageId, StringComparison.Ordinal);
        var row = (await world.Get<ListStatusPages.Handler>().HandleAsync(new(), world.Administrator, Ct)).Require().StatusPages.Single(p => p.Slug == "shop");
        Assert.Equal(new SubscriberCounts(1, 1, 0, 1, 0), row.Subscribers);
        Assert.All((await world.Get<ListStatusPages.Handler>().HandleAsync(new(), world.Responder, Ct)).Require().StatusPages, p => Assert.Null(p.Subscribers));
    }

    [Fact]
    public async Task RunAsync_TwoPortalsAtOnce_SendEachMailOnce()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await using var second = world.Portal.Second(Settings(server));
        await world.AddPageAsync(needsApproval: false);
        await AddConfirmedAsync(world, 45);
        await world.WriteAsync(await world.DeclareAsync());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? world.Portal : second).Pass<MailSubscribers>().RunAsync(world.Now, Ct)));

        Assert.All(await world.MailsAsync(), m => Assert.Equal((NotificationState.Sent, 1), (m.State, m.Attempts)));
        while (server.Mails.Count < 45)
            await Task.Delay(20, Ct);
        Assert.Equal(45, server.Mails.Select(m => m.To.ToString()).Distinct().Count());
        Assert.Equal(45, server.Mails.Count);
    }

    [Fact]
    public async Task RunAsync_PortalDiedInTheMiddle_IsSentByTheOtherWithTheSameIdentityWhenTheClaimRanOut()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await using var second = world.Portal.Second(Settings(server));
        await world.AddPageAsync(needsApproval: false);
        await AddConfirmedAsync(world, 1);
        await world.WriteAsync(await world.DeclareAsync());
        var mail = Assert.Single(await world.MailsAsync());
        // As the portal leaves it that dies after its claim.
        await using (var db = await world.Portal.ContextAsync())
            await db.SubscriberMails.ExecuteUpdateAsync(set => set.SetProperty(m => m.Attempts, 1).SetProperty(m => m.NextAttemptAt, Noon.AddMinutes(1)), Ct);

        await second.Pass<MailSubscribers>().RunAsync(world.Now, Ct);
        Assert.Equal(NotificationState.Waiting, Assert.Single(await world.MailsAsync()).State);
        await second.Pass<MailSubscribers>().RunAsync(Noon.AddMinutes(1), Ct);

        Assert.Equal((NotificationState.Sent, 2), (Assert.Single(await world.MailsAsync()).State, Assert.Single(await world.MailsAsync()).Attempts));
        Assert.StartsWith(mail.Id.ToString("N"), (await server.ToAsync("c1@example.org", 1)).Single().MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ServerAway_IsTriedAgainEverLaterAndGivenUpAfterHalfADay()
    {
        await using var world = await IncidentWorld.CreateAsync(("Smtp:Host", "127.0.0.1"), ("Smtp:Port", "9"), ("Smtp:Tls", "false"), ("Portal:PublicUrl", "https://slo.example.com"));
        await world.AddPageAsync(needsApproval: false);
        await AddConfirmedAsync(world, 1);
        await world.WriteAsync(await world.DeclareAsync());

        await world.MailAsync();
        var first = Assert.Single(await world.MailsAsync());
        world.Portal.Clock.SetUtcNow(Noon.AddHours(13));
        await world.MailAsync();

        Assert.Equal((NotificationState.Waiting, Noon.AddSeconds(5)), (first.State, first.NextAttemptAt));
        Assert.Equal(NotificationState.Failed, Assert.Single(await world.MailsAsync()).State);
        Assert.StartsWith("It could not be reached", Assert.Single((await world.Get<ListSubscribers.Handler>().HandleAsync(new("shop"), world.Administrator, Ct)).Require().Items).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NoMailServerAnyMore_GivesUpWhatIsDueSoThatNothingOldIsSentLater()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync();
        await using var later = world.Portal.Second(Settings(server));
        await world.AddPageAsync(needsApproval: false);
        await AddConfirmedAsync(world, 1);
        await world.WriteAsync(await world.DeclareAsync());

        await world.MailAsync();
        await later.Pass<MailSubscribers>().RunAsync(Noon.AddDays(1), Ct);

        Assert.Equal(NotificationState.Failed, Assert.Single(await world.MailsAsync()).State);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task RunAsync_IncidentBecameRestricted_TellsNobody()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync(needsApproval: false);
        await AddConfirmedAsync(world, 2);
        var (restricted, merged) = (await world.DeclareAsync(), await world.DeclareAsync());
        await world.WriteAsync(restricted);
        await world.WriteAsync(merged);
        (await world.Get<RestrictIncident.Handler>().HandleAsync(new(restricted, []), world.Commander, Ct)).Require();
        (await world.Get<MergeIncidents.Handler>().HandleAsync(new(merged, restricted, ConfirmRestriction: true), world.Commander, Ct)).Require();

        await world.MailAsync();
        (await world.Get<LiftRestriction.Handler>().HandleAsync(new(restricted, "Over"), world.Commander, Ct)).Require();
        world.Portal.Clock.SetUtcNow(Noon.AddHours(1));
        await world.MailAsync();

        Assert.Empty(await world.MailsAsync());
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Unsubscribe_ByTheLink_ForgetsTheAddressAndWhatWaitsForIt()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync(needsApproval: false);
        await world.SubscribeAsync(server);
        var number = await world.DeclareAsync();
        await world.WriteAsync(number);
        await world.MailAsync();
        var token = TokenIn((await server.ToAsync(Reader, 2))[1], "unsubscribe");
        await world.WriteAsync(number);

        (await world.EndAsync(token)).Require();
        await world.MailAsync();

        Assert.Contains("has ended already", (await world.EndAsync(token)).Refusal?.Message, StringComparison.Ordinal);
        Assert.Empty(await world.SubscribersAsync());
        Assert.Empty(await world.MailsAsync());
        Assert.Equal(2, server.Mails.Count);
    }

    [Fact]
    public async Task ByLink_MailsCarryTheKeyUntilItChanges_ThenSubscriptionsEndAndTheirLinksSaySo()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        var link = await world.AddPageAsync(needsApproval: false, audience: StatusPageAudience.ByLink);
        await world.SubscribeAsync(server, key: link.Key);
        var number = await world.DeclareAsync();
        await world.WriteAsync(number);
        await world.MailAsync();
        var mail = (await server.ToAsync(Reader, 2))[1];
        (await world.AskAsync("late@example.org", key: link.Key)).Require();
        await world.MailAsync();
        var late = TokenIn((await server.ToAsync("late@example.org", 1))[0], "confirm");
        await world.WriteAsync(number);

        var renewed = (await world.Get<RotateStatusPageKey.Handler>().HandleAsync(new("shop"), world.Administrator, Ct)).Require();
        await world.MailAsync();

        Assert.Contains($"/status/shop?key={link.Key}#", mail.TextBody, StringComparison.Ordinal);
        Assert.EndsWith($"?key={link.Key}>", mail.Headers["List-Unsubscribe"], StringComparison.Ordinal);
        Assert.Contains("secret link of this status page was changed", (await world.ConfirmAsync(late, key: link.Key)).Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("works for 24 hours", (await world.ConfirmAsync(late, key: renewed.Key)).Refusal?.Message, StringComparison.Ordinal);
        Assert.Empty(await world.MailsAsync());
        Assert.Equal(3, server.Mails.Count);
        await using var db = await world.Portal.ContextAsync();
        Assert.Contains("\"endedSubscriptions\":2", await db.AuditEntries.Where(e => e.Action == "status_page.link_renewed").Select(e => e.Details).SingleAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Page_RemovedOrTurnedPrivate_LosesSubscribersAndMails(bool removed)
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync(needsApproval: false);
        await AddConfirmedAsync(world, 2);
        await world.WriteAsync(await world.DeclareAsync());

        if (removed)
            (await world.Get<ArchiveStatusPage.Handler>().HandleAsync(new("shop"), world.Administrator, Ct)).Require();
        else
            (await world.Get<ChangeStatusPage.Handler>().HandleAsync(new("shop", "Shop status", StatusPageAudience.ByLink, [new(world.Service, "Shop")]), world.Administrator, Ct)).Require();

        Assert.Empty(await world.SubscribersAsync());
        Assert.Empty(await world.MailsAsync());
    }

    [Fact]
    public async Task Publish_WhileSubscribersLeave_MailsThoseWhoStay()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync(needsApproval: false);
        await AddConfirmedAsync(world, 100);
        var number = await world.DeclareAsync();
        var leaving = (await world.SubscribersAsync()).Take(50).ToList();

        await Task.WhenAll([world.WriteAsync(number), .. leaving.Select(s => (Task)world.Get<RemoveSubscriber.Handler>().HandleAsync(new("shop", s.Id), world.Administrator, Ct))]);

        var left = (await world.SubscribersAsync()).Select(s => s.Id).ToHashSet();
        Assert.Equal(50, left.Count);
        Assert.Equal(left, (await world.MailsAsync()).Select(m => m.SubscriberId).ToHashSet());
    }

    [Fact]
    public async Task Forget_WhatBecameOfOldMails_IsNotKept()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync(needsApproval: false);
        await AddConfirmedAsync(world, 1);
        await world.WriteAsync(await world.DeclareAsync());
        await world.MailAsync();

        await world.Portal.Pass<ForgetSubscribers>().RunAsync(Noon + ForgetSubscribers.MailsAreKept - TimeSpan.FromMinutes(1), Ct);
        Assert.Single(await world.MailsAsync());
        await world.Portal.Pass<ForgetSubscribers>().RunAsync(Noon + ForgetSubscribers.MailsAreKept, Ct);

        Assert.Empty(await world.MailsAsync());
        Assert.Single(await world.SubscribersAsync());
    }

    /// <summary>c1@example.org and on.</summary>
    private static async Task AddConfirmedAsync(IncidentWorld world, int count)
    {
        await using var db = await world.Portal.ContextAsync();
        var page = await db.StatusPages.Select(p => p.Id).SingleAsync(Ct);
        foreach (var n in Enumerable.Range(1, count))
        {
            var subscriber = new StatusSubscriber(Guid.CreateVersion7(), page, $"c{n}@example.org", null, world.Now);
            subscriber.Confirm(world.Now);
            db.StatusSubscribers.Add(subscriber);
        }
        await db.SaveChangesAsync(Ct);
    }
}
