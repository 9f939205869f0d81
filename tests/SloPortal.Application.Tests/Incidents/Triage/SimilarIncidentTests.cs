using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Application.Incidents.Triage;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Triage;
using SloPortal.Domain.Reviews.Writing;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Triage;

public sealed class SimilarIncidentTests
{
    [Fact]
    public async Task Similar_APastIncidentWithAnApprovedPostmortem_TellsWhyAndItsCause()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var past = await world.DeclareAsync(title: "Cart times out");
        await using (var db = await world.Portal.ContextAsync())
        {
            var postmortem = new Postmortem(Guid.NewGuid(), (await world.ReadAsync(past)).Id, "Cart", Noon, world.Commander.PersonId);
            postmortem.ChangeFacts(null, null, null, [], [new("architecture", "The pool of connections is too small")]);
            postmortem.Submit(Noon);
            postmortem.Approve(world.Responder.PersonId, [], Noon);
            db.Add(postmortem);
            await db.SaveChangesAsync(Ct);
        }

        var lead = Assert.Single((await CollectedAsync(world)).Read.To(TriageQuestion.Similar).Leads);

        Assert.Equal($"INC-{past} Cart times out", lead.Title);
        Assert.Equal("shares 1 service, 1 signal or objective, the words cart, out, times", lead.Why);
        Assert.Equal("PM-1: architecture, The pool of connections is too small", lead.Cause);
    }

    [Fact]
    public async Task Similar_ARestrictedIncident_IsNeverAmongThem()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var hidden = await world.DeclareAsync(restricted: true, title: "Cart times out");

        var (number, read) = await CollectedAsync(world);

        // Its reader reads the same as everybody else: what is written is read by all.
        Assert.Equal((FindingState.Nothing, 0), (read.To(TriageQuestion.Similar).State, read.To(TriageQuestion.Similar).Leads.Count));
        Assert.Equal(FindingState.Nothing, read.To(TriageQuestion.Dependencies).State);
        Assert.All(await world.FoundAsync(number), e => Assert.DoesNotContain($"INC-{hidden}", e.Body + e.Details, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dependencies_ARestrictedIncidentOfOne_IsNotTold()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var needed = await world.AddNeighbourAsync(needed: true);
        (await world.Get<Application.Incidents.Detection.DeclareIncident.Handler>().HandleAsync(
            new("Keys were stolen", Domain.Incidents.IncidentSeverity.Sev1, [needed.Service.Slug], Restricted: true), world.Commander, Ct)).Require();

        var (_, read) = await CollectedAsync(world);

        Assert.Empty(read.To(TriageQuestion.Dependencies).Leads);
        Assert.StartsWith("Its one dependency is not unwell.", read.To(TriageQuestion.Dependencies).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Similar_AnIncidentThatIsRestrictedLater_IsNoLongerNamedAnywhereToOthers()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var past = await world.DeclareAsync(title: "Cart times out for Acme");
        var (number, before) = await CollectedAsync(world);
        Assert.Single(before.To(TriageQuestion.Similar).Leads);

        (await world.Get<RestrictIncident.Handler>().HandleAsync(new(past, [world.Auditor.PersonId]), world.Commander, Ct)).Require();

        foreach (var reader in new[] { world.Responder, world.Administrator })
        {
            Assert.Empty((await world.TriageAsync(number, reader)).To(TriageQuestion.Similar).Leads);
            var timeline = (await world.Get<GetTimeline.Handler>().HandleAsync(new(number), reader, Ct)).Require();
            Assert.Empty(timeline.Marks.Links);
            Assert.All(timeline.Entries, e => Assert.DoesNotContain("Acme", e.Body + e.Details, StringComparison.Ordinal));
            Assert.All(timeline.Entries, e => Assert.DoesNotContain($"INC-{past}", e.Body + e.Details, StringComparison.Ordinal));
            Assert.Empty((await world.Get<ListMarks.Handler>().HandleAsync(new(number), reader, Ct)).Require().Links);
        }
        Assert.Single((await world.TriageAsync(number, world.Auditor)).To(TriageQuestion.Similar).Leads);
    }

    [Fact]
    public async Task Read_OfARestrictedIncidentByWhoIsNoReader_AnswersAsIfItDidNotExist()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync(restricted: true);
        await world.CollectAsync();

        Assert.Equal(6, (await world.TriageAsync(number)).Answers.Count);
        Assert.Equal(Refusal.NotFound($"The incident INC-{number}"), (await world.Get<GetTriage.Handler>().HandleAsync(new(number), world.Administrator, Ct)).Refusal);
        Assert.Equal(Refusal.NotFound($"The incident INC-{number}"), (await world.Get<AskTriage.Handler>().HandleAsync(new(number), world.Administrator, Ct)).Refusal);
    }

    private static async Task<(int Number, TriageRead Read)> CollectedAsync(IncidentWorld world)
    {
        world.Portal.Clock.Advance(TimeSpan.FromHours(1));
        var number = await world.DeclareAsync(title: "Cart times out again");
        await world.CollectAsync();
        return (number, await world.TriageAsync(number));
    }
}
