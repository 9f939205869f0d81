using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Tests.Budgets;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

public sealed class MailNoticesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MailNotices_OfAProposal_ReachTheStakeholderOnceAndNotWhoReadThem()
    {
        using var server = await MailServer.StartAsync();
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, mail: smtp => (smtp.Host, smtp.Port, smtp.Tls, smtp.From) = ("127.0.0.1", server.Port, false, "SloPortal <slo@example.com>"));
        await agreement.ProposeAsync(Ct);
        (await agreement.Get<ReadNotices.Handler>().HandleAsync(new(), agreement.Stakeholder, Ct)).Require();
        await agreement.ProposeAsync(Ct, "another");
        var pass = agreement.Pass<MailNotices>();

        await Task.WhenAll(pass.RunAsync(agreement.Now, Ct), pass.RunAsync(agreement.Now, Ct));
        agreement.Clock.Advance(TimeSpan.FromHours(1));
        await pass.RunAsync(agreement.Now, Ct);

        await using var db = await agreement.OpenAsync(Ct);
        var notices = await db.Notices.Where(n => n.PersonId == agreement.Stakeholder.PersonId).OrderBy(n => n.ReadAt == null).ToListAsync(Ct);
        Assert.Equal([null, agreement.Now.AddHours(-1)], notices.Select(n => n.MailedAt));
        Assert.All(notices, n => Assert.Null(n.MailDueAt));
        var address = await db.Users.Where(p => p.Id == agreement.Stakeholder.PersonId).Select(p => p.Email).SingleAsync(Ct);
        await UntilAsync(() => server.Mails.Any(m => m.To.ToString() == address));
        Assert.Contains("It waits for your signature.", Assert.Single(server.Mails, m => m.To.ToString() == address).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MailNotices_ServerAway_AreTriedAgainAndGivenUpAfterHalfADay()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, mail: smtp => (smtp.Host, smtp.Port, smtp.Tls) = ("127.0.0.1", 9, false));
        await agreement.ProposeAsync(Ct);
        var pass = agreement.Pass<MailNotices>();

        await pass.RunAsync(agreement.Now, Ct);
        var later = await DueAsync(agreement);
        agreement.Clock.Advance(TimeSpan.FromHours(13));
        await pass.RunAsync(agreement.Now, Ct);

        Assert.Equal(agreement.Now.AddHours(-13).AddSeconds(20), later);
        Assert.Null(await DueAsync(agreement));
    }

    private static async Task<DateTimeOffset?> DueAsync(Agreement agreement)
    {
        await using var db = await agreement.OpenAsync(Ct);
        return await db.Notices.Where(n => n.PersonId == agreement.Stakeholder.PersonId).Select(n => n.MailDueAt).SingleAsync(Ct);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
            await Task.Delay(50, Ct);
    }
}
