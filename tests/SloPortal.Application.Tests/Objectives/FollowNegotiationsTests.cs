using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

public sealed class FollowNegotiationsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deadline_NearAndPassed_IsToldOnceToThoseForWhomItWaits()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        (await agreement.SignAsync(id, agreement.Owner, Ct)).Require();
        (await agreement.Get<SetDeadline.Handler>().HandleAsync(new(id, agreement.Now.AddHours(30)), agreement.Stakeholder, Ct)).Require();

        Assert.Empty(await PassAsync(agreement, id));
        agreement.Clock.Advance(TimeSpan.FromHours(7));
        var near = await PassAsync(agreement, id);
        Assert.Empty(await PassAsync(agreement, id));
        agreement.Clock.Advance(TimeSpan.FromHours(24));
        var passed = await PassAsync(agreement, id);
        Assert.Empty(await PassAsync(agreement, id));

        Assert.Equal(agreement.Stakeholder.PersonId, Assert.Single(near).Person);
        Assert.StartsWith("The proposal for Orders placed waits for you until 2026-11-11 18:00 UTC.", near[0].Text, StringComparison.Ordinal);
        Assert.Equal(2, passed.Count);
        Assert.All(passed, p => Assert.Contains("Nothing was accepted by it.", p.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Review_OnItsDay_IsToldOnceForWhatIsInForce()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct, terms: agreement.Terms() with { ReviewOn = new DateOnly(2026, 11, 20) });
        await agreement.SignByBothAsync(id, Ct);

        Assert.Empty(await PassAsync(agreement, id));
        agreement.Clock.Advance(TimeSpan.FromDays(10));
        var told = await PassAsync(agreement, id);
        Assert.Empty(await PassAsync(agreement, id));

        Assert.Equal(2, told.Count);
        Assert.All(told, t => Assert.Contains("to be looked at again", t.Text, StringComparison.Ordinal));
    }

    /// <summary>What people are told of the proposal by one run.</summary>
    private static async Task<List<(Guid Person, string Text)>> PassAsync(Agreement agreement, Guid id)
    {
        await using var db = await agreement.OpenAsync(Ct);
        var before = await db.Notices.Select(n => n.Id).ToListAsync(Ct);
        await agreement.Pass<FollowNegotiations>().RunAsync(agreement.Now, Ct);
        return [.. (await db.Notices.Where(n => !before.Contains(n.Id) && n.Address == $"/proposals/{id}").ToListAsync(Ct)).Select(n => (n.PersonId, n.Text))];
    }
}
