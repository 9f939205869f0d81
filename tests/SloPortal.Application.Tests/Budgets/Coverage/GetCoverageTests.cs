using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets.Coverage;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Catalog.Journeys;
using SloPortal.Application.Measurement.Coverage;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets.Coverage;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Application.Tests.Budgets.Coverage;

public sealed class GetCoverageTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private BudgetWorld world = null!;
    private ObjectiveOfTest objective = null!;
    private Actor owner = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        world = await BudgetWorld.CreateAsync(Start);
        objective = await world.AddObjectiveAsync();
        owner = new Actor { Kind = ActorKind.Person, PersonId = objective.PersonId, Name = "Ada", Roles = [Role.ServiceOwner], TeamIds = [objective.Team.Id] };
        (await world.Get<CreateJourney.Handler>().HandleAsync(new CreateJourney("buy", "Buy something", "Fill a basket\nPay", objective.Team.Slug, [objective.Service.Slug]), owner, Ct)).Require();
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task GetCoverage_FromNothingToAnAlert_SaysWhatIsMissingEachTime()
    {
        Assert.Equal(CoverageState.Missing, await StateAsync(FailureClass.Error));
        (await world.Get<CoverFailure.Handler>().HandleAsync(new CoverFailure("buy", FailureClass.Error, [objective.SliId]), owner, Ct)).Require();
        Assert.Equal(CoverageState.NotMeasured, await StateAsync(FailureClass.Error));

        await world.CountEvenlyAsync(objective.SliId, Start.AddHours(-3), Start, bad: 0, total: 1000);
        Assert.Equal(CoverageState.Unwatched, await StateAsync(FailureClass.Error));
        Assert.True(await world.RunAsync<EvaluateBudgets>());
        Assert.Equal(CoverageState.Covered, await StateAsync(FailureClass.Error));
        Assert.Equal(CoverageState.Missing, await StateAsync(FailureClass.Slow));

        world.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(CoverageState.NotMeasured, await StateAsync(FailureClass.Error));

        (await world.Get<CoverFailure.Handler>().HandleAsync(new CoverFailure("buy", FailureClass.Error, []), owner, Ct)).Require();
        Assert.Equal(CoverageState.Missing, await StateAsync(FailureClass.Error));
    }

    [Fact]
    public async Task AcceptGap_SignedUntilADay_IsAcceptedUntilThenAndInTheAuditTrail()
    {
        await SetPasswordAsync();
        var day = DateOnly.FromDateTime(Start.UtcDateTime);
        Assert.Equal(RefusalKind.Invalid, (await AcceptAsync(day, Password)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await AcceptAsync(day.AddDays(400), Password)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await AcceptAsync(day.AddDays(2), "wrong")).Refusal?.Kind);
        Assert.Equal(CoverageState.Missing, await StateAsync(FailureClass.Wrong));

        (await AcceptAsync(day.AddDays(1), Password)).Require();
        (await AcceptAsync(day.AddDays(2), Password)).Require();
        Assert.Equal(CoverageState.Accepted, await StateAsync(FailureClass.Wrong));
        world.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(CoverageState.Accepted, await StateAsync(FailureClass.Wrong));
        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(CoverageState.ReviewDue, await StateAsync(FailureClass.Wrong));

        (await world.Get<TakeGapBack.Handler>().HandleAsync(new TakeGapBack("buy", FailureClass.Wrong), owner, Ct)).Require();
        Assert.Equal(CoverageState.Missing, await StateAsync(FailureClass.Wrong));
        await using var db = await world.ContextAsync();
        Assert.Equal(2, await db.AuditEntries.CountAsync(e => e.Action == "journey.gap-accepted", Ct));
        Assert.Equal(2, await db.AcceptedGaps.CountAsync(g => g.EndedAt != null, Ct));
    }

    [Fact]
    public async Task Change_SomebodyOfAnotherTeam_IsDenied()
    {
        var stranger = owner with { TeamIds = [Guid.NewGuid()] };
        Assert.Equal(RefusalKind.Denied, (await world.Get<CoverFailure.Handler>().HandleAsync(new CoverFailure("buy", FailureClass.Error, [objective.SliId]), stranger, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await world.Get<ArchiveJourney.Handler>().HandleAsync(new ArchiveJourney("buy"), stranger, Ct)).Refusal?.Kind);
        Assert.False((await MatrixAsync(stranger)).Journeys[0].MayChange);
    }

    private Task<Outcome<Done>> AcceptAsync(DateOnly review, string password) =>
        world.Get<AcceptGap.Handler>().HandleAsync(new AcceptGap("buy", FailureClass.Wrong, "Prices are compared by hand.", review, password), owner, Ct);

    private async Task<CoverageMatrix> MatrixAsync(Actor actor) => (await world.Get<GetCoverage.Handler>().HandleAsync(new GetCoverage(), actor, Ct)).Require();

    private async Task<CoverageState> StateAsync(FailureClass failure) => Assert.Single((await MatrixAsync(owner)).Journeys).Cells.Single(c => c.Failure == failure).State;

    private async Task SetPasswordAsync()
    {
        await using var db = await world.ContextAsync();
        var person = await db.Users.SingleAsync(p => p.Id == objective.PersonId, Ct);
        person.PasswordHash = world.Get<IPasswordHasher<Person>>().HashPassword(person, Password);
        await db.SaveChangesAsync(Ct);
    }
}
