using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Application.Incidents.StatusPages.Subscribers;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Application.Tests.Incidents.Updates;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;
using static SloPortal.Application.Tests.Incidents.StatusPages.SubscriberWorld;

namespace SloPortal.Application.Tests.Incidents.StatusPages;

public sealed class SubscribeTests
{
    [Fact]
    public async Task Subscribe_KnownAndUnknownAddress_AnswersAlikeAndAsksOnceInAnHour()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync();
        await world.SubscribeAsync(server);

        string[] answers = [(await world.AskAsync()).Require(), (await world.AskAsync(" Reader@EXAMPLE.org ")).Require(), (await world.AskAsync("new@example.org")).Require(), (await world.AskAsync("new@example.org")).Require()];
        await world.MailAsync();
        world.Portal.Clock.SetUtcNow(Noon.AddHours(1));
        (await world.AskAsync("new@example.org")).Require();
        await world.MailAsync();

        Assert.All(answers, answer => Assert.Equal("Shop status", answer));
        Assert.Equal(2, (await server.ToAsync("new@example.org", 2)).Count);
        Assert.Single(await server.ToAsync(Reader, 1));
        Assert.Equal([("new@example.org", false), (Reader, true)], (await world.SubscribersAsync()).Select(s => (s.Address, s.ConfirmedAt is not null)));
    }

    [Fact]
    public async Task Subscribe_ManyPagesAtOnce_AsksTheAddressOnce()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        string[] pages = ["one", "two", "three", "four"];
        foreach (var page in pages)
            await world.AddPageAsync(page);

        await Task.WhenAll(pages.Select(page => world.AskAsync(page: page)));

        Assert.Single(await world.SubscribersAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("reader")]
    [InlineData("reader@localhost")]
    [InlineData("Reader <reader@example.org>")]
    [InlineData("reader@example.org, other@example.org")]
    [InlineData("reader@example.org\r\nBcc: other@example.org")]
    [InlineData("\"a b\"@example.org")]
    [InlineData("reader@example..org")]
    public async Task Subscribe_NoAddress_IsRefusedByASentence(string address)
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync();

        Assert.Equal("Give one mail address, for example me@example.com.", (await world.AskAsync(address)).Refusal?.Message);
        Assert.Empty(await world.SubscribersAsync());
    }

    [Fact]
    public async Task Subscribe_InternationalDomain_IsKeptAsTheNameServiceHasIt()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync();

        (await world.AskAsync("Reader@Bücher.example")).Require();

        Assert.Equal("reader@xn--bcher-kva.example", Assert.Single(await world.SubscribersAsync()).Address);
    }

    [Fact]
    public async Task Subscribe_UnknownPageAndWrongKey_AreRefusedAlike()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        var link = await world.AddPageAsync(audience: StatusPageAudience.ByLink);

        Refusal?[] refusals = [(await world.AskAsync(page: "nobody")).Refusal, (await world.AskAsync(page: "no\0body")).Refusal, (await world.AskAsync()).Refusal, (await world.AskAsync(key: link.Key + "x")).Refusal];

        Assert.All(refusals, refusal => Assert.Equal(new Refusal(RefusalKind.NotFound, StatusPageRules.NotServed), refusal));
        Assert.True((await world.AskAsync(key: link.Key)).Succeeded);
    }

    [Fact]
    public async Task Subscribe_PageIsFullOrAskedTooOften_SaysSoWhateverTheAddress()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync();
        await FillAsync(world, StatusSubscriber.MostAskingInAnHour, confirmed: false);
        Assert.Contains("Too many ask", (await world.AskAsync()).Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("Too many ask", (await world.AskAsync("u1@example.org")).Refusal?.Message, StringComparison.Ordinal);

        await FillAsync(world, StatusSubscriber.MostOfAPage, confirmed: true);

        Assert.Contains("This page has 10,000 subscribers", (await world.AskAsync()).Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("This page has 10,000 subscribers", (await world.AskAsync("c1@example.org")).Refusal?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_NoMailServerOrNoAddressOfThePortal_IsRefusedAndTheListSaysWhy()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync();
        using var server = await MailServer.StartAsync();
        await using var nameless = world.Portal.Second(server.Settings);

        Assert.Equal(RefusalKind.Conflict, (await world.AskAsync()).Refusal?.Kind);
        Assert.Contains("Smtp__Host", (await world.Get<ListStatusPages.Handler>().HandleAsync(new(), world.Administrator, Ct)).Require().WhyNoMail, StringComparison.Ordinal);
        Assert.Contains("Portal__PublicUrl", nameless.Get<SubscriberLinks>().WhyNoMail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirm_UsedTwiceExpiredOrChanged_SaysSo()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync();
        (await world.AskAsync()).Require();
        (await world.AskAsync("late@example.org")).Require();
        await world.MailAsync();
        var mail = (await server.ToAsync(Reader, 1))[0];
        var (token, late) = (TokenIn(mail, "confirm"), TokenIn((await server.ToAsync("late@example.org", 1))[0], "confirm"));

        Assert.Contains("was changed on its way", (await world.ConfirmAsync(token[..^2])).Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Conflict, (await world.EndAsync(token)).Refusal?.Kind);
        Assert.Equal(new LinkedSubscription("Shop status", "r…@example.org"), (await world.ConfirmAsync(token)).Require());
        Assert.Contains("is confirmed already", (await world.ConfirmAsync(token)).Refusal?.Message, StringComparison.Ordinal);
        world.Portal.Clock.SetUtcNow(Noon.AddHours(24));
        Assert.Contains("works for 24 hours", (await world.ConfirmAsync(late)).Refusal?.Message, StringComparison.Ordinal);
        await world.Portal.Pass<ForgetSubscribers>().RunAsync(world.Now, Ct);

        Assert.Contains("works for 24 hours", (await world.ConfirmAsync(late)).Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal(Reader, Assert.Single(await world.SubscribersAsync()).Address);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task Audit_OfSubscriptions_HoldsNoAddress()
    {
        using var server = await MailServer.StartAsync();
        await using var world = await IncidentWorld.CreateAsync(Settings(server));
        await world.AddPageAsync();
        await world.SubscribeAsync(server);
        var row = Assert.Single((await world.Get<ListSubscribers.Handler>().HandleAsync(new("shop", "READER"), world.Administrator, Ct)).Require().Items);
        Assert.Equal((Reader, RefusalKind.Denied, RefusalKind.Denied), (row.Address,
            (await world.Get<ListSubscribers.Handler>().HandleAsync(new("shop"), world.Commander, Ct)).Refusal!.Kind,
            (await world.Get<RemoveSubscriber.Handler>().HandleAsync(new("shop", row.Id), world.Commander, Ct)).Refusal!.Kind));

        (await world.Get<RemoveSubscriber.Handler>().HandleAsync(new("shop", row.Id), world.Administrator, Ct)).Require();

        Assert.Empty(await world.SubscribersAsync());
        await using var db = await world.Portal.ContextAsync();
        var entries = await db.AuditEntries.Where(e => e.Action.StartsWith("status_subscriber")).OrderBy(e => e.Number).Select(e => new { e.Action, e.Details }).ToListAsync(Ct);
        Assert.Equal(["status_subscriber.confirmed", "status_subscribers.read", "status_subscriber.removed"], entries.Select(e => e.Action));
        Assert.All(entries, e => Assert.DoesNotContain(Reader, e.Details, StringComparison.Ordinal));
    }

    private static async Task FillAsync(IncidentWorld world, int count, bool confirmed)
    {
        await using var fill = world.Portal.Database.CreateCommand(
            """
            INSERT INTO status_subscribers (id, status_page_id, address, asked_at, confirmed_at)
            SELECT gen_random_uuid(), p.id, CASE WHEN $2 THEN 'c' ELSE 'u' END || n || '@example.org', $3, CASE WHEN $2 THEN $3 END FROM status_pages p, generate_series(1, $1) n
            """);
        fill.Parameters.Add(new() { Value = count });
        fill.Parameters.Add(new() { Value = confirmed });
        fill.Parameters.Add(new() { Value = world.Now.ToUniversalTime() });
        await fill.ExecuteNonQueryAsync(Ct);
    }
}
