using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Triage;
using SloPortal.Application.Incidents.Triage.Collecting;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Triage;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Triage;

public sealed class CollectTriageTests
{
    [Fact]
    public async Task Run_ADeclaredIncident_WritesOneObservedEntryForEachQuestionWithWhatWasAsked()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.DeployAsync(world.Objective.Service, "7.42", 14);
        var number = await world.DeclareAsync();

        await world.CollectAsync();
        await world.CollectAsync();

        var found = await world.FoundAsync(number);
        Assert.Equal(Enum.GetValues<TriageQuestion>().Length, found.Count);
        Assert.All(found, e => Assert.Equal((Provenance.Observed, ActorKind.System, "portal"), (e.Provenance, e.AuthorKind, e.Source)));
        Assert.Equal(
            "Closest change: Checkout 7.42 to production, 4 min before it began, on the service itself.\nAsked: deployments of Checkout and dependencies, up to 3 steps away, 2026-11-10 05:50 to 2026-11-10 12:00:00 UTC.",
            found[^1].Body);
        Assert.Single(await world.AuditOfAsync("incident.triage_collected"));
        var verified = (await world.Get<VerifyTimeline.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require();
        Assert.All(verified, c => Assert.True(c.IsIntact));
    }

    [Fact]
    public async Task Run_OnTwoPortalsAtOnce_WritesEachAnswerOnce()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await using var second = world.Portal.Second();
        var number = await world.DeclareAsync();

        await Task.WhenAll(world.CollectAsync(), world.CollectAsync(second), world.CollectAsync(), world.CollectAsync(second));

        Assert.Equal(6, (await world.FoundAsync(number)).Count);
    }

    [Fact]
    public async Task Run_APortalThatIsStoppedInTheMiddle_LeavesNothingAndAnotherWritesAll()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await using var second = world.Portal.Second();
        var number = await world.DeclareAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var pass = PassOf(world, [.. Known(world), new Stub(TriageQuestion.Changes, _ => { stop.Cancel(); stop.Token.ThrowIfCancellationRequested(); })]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pass.RunAsync(world.Now, stop.Token));
        Assert.Empty(await world.FoundAsync(number));

        await world.CollectAsync(second);
        Assert.Equal(6, (await world.FoundAsync(number)).Count);
    }

    [Fact]
    public async Task Run_AQuestionThatFailsAndOneThatTakesTooLong_SaysSoAndAnswersTheOthers()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        using var pass = PassOf(world,
        [
            new Stub(TriageQuestion.Changes, _ => throw new InvalidOperationException("secret of the server")),
            new Stub(TriageQuestion.Dependencies, _ => throw new OperationCanceledException()),
            .. Known(world).Where(c => c.Question > TriageQuestion.Dependencies),
        ]);

        await pass.RunAsync(world.Now, Ct);

        var read = await world.TriageAsync(number);
        Assert.Equal((FindingState.Failed, FindingState.Failed, FindingState.Nothing), (read.Answers[0].State, read.Answers[1].State, read.Answers[2].State));
        Assert.Contains("could not be looked up", read.Answers[0].Said, StringComparison.Ordinal);
        Assert.Contains("took longer than 5 s", read.Answers[1].Said, StringComparison.Ordinal);
        Assert.All(await world.FoundAsync(number), e => Assert.DoesNotContain("secret", e.Body + e.Details, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_AServiceThatComes_CollectsAgainAndNotOnceItIsResolved()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var other = await world.Portal.AddObjectiveAsync();
        var number = await world.DeclareAsync();
        await world.CollectAsync();

        (await world.Get<ChangeAffected.Handler>().HandleAsync(new(number, [world.Service, other.Service.Slug], [world.Key]), world.Responder, Ct)).Require();
        Assert.True((await world.TriageAsync(number)).IsPending);
        await world.CollectAsync();
        Assert.Equal(12, (await world.FoundAsync(number)).Count);
        Assert.Equal(6, (await world.TriageAsync(number)).Answers.Count);

        (await world.Get<AskTriage.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require();
        (await world.Get<ChangeStatus.Handler>().HandleAsync(new(number, IncidentStatus.Acknowledged), world.Commander, Ct)).Require();
        (await world.Get<ChangeStatus.Handler>().HandleAsync(new(number, IncidentStatus.Mitigated), world.Commander, Ct)).Require();
        (await world.Get<ChangeStatus.Handler>().HandleAsync(new(number, IncidentStatus.Resolved), world.Commander, Ct)).Require();
        await world.CollectAsync();
        Assert.Equal(12, (await world.FoundAsync(number)).Count);
        Assert.Equal(RefusalKind.Conflict, (await world.Get<AskTriage.Handler>().HandleAsync(new(number), world.Commander, Ct)).Refusal!.Kind);
    }

    [Fact]
    public async Task Ask_ByWhoDoesNotRunTheIncident_IsDeniedAndByItsCommanderCollectsAgain()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await world.CollectAsync();

        Assert.Equal(RefusalKind.Denied, (await world.Get<AskTriage.Handler>().HandleAsync(new(number), world.Responder, Ct)).Refusal!.Kind);
        Assert.False((await world.TriageAsync(number, world.Responder)).MayAsk);
        (await world.Get<AskTriage.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require();
        await world.CollectAsync();

        Assert.Equal(12, (await world.FoundAsync(number)).Count);
    }

    private static List<ITriageCollector> Known(IncidentWorld world) => [.. world.Get<IEnumerable<ITriageCollector>>()];

    private static CollectTriage PassOf(IncidentWorld world, IEnumerable<ITriageCollector> collectors) => new(
        world.Get<UnitOfWork>(), world.Get<IDbContextFactory<PortalDbContext>>(), collectors, world.Get<AutomationReading>(), world.Get<PortalEvents>(), NullLogger<CollectTriage>.Instance);

    private sealed class Stub(TriageQuestion question, Action<TriageSubject> ask) : ITriageCollector
    {
        public TriageQuestion Question => question;

        public TriageQuery QueryOf(TriageSubject subject) => subject.Query("a stub", subject.Began);

        public Task<TriageFinding> CollectAsync(TriageSubject subject, CancellationToken ct)
        {
            ask(subject);
            return Task.FromResult(subject.Nothing(question, "Nothing.", QueryOf(subject)));
        }
    }
}
