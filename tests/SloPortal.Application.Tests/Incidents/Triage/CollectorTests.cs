using SloPortal.Application.Incidents.Triage;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Triage;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Probes;
using SloPortal.Domain.Measurement.Segments;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Triage;

public sealed class CollectorTests
{
    [Fact]
    public async Task Changes_NearAndFar_TellsTheClosestThatCameBeforeFirst()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var needed = await world.AddNeighbourAsync(needed: true);
        var needing = await world.AddNeighbourAsync(needed: false);
        var own = await world.DeployAsync(world.Objective.Service, "7.42", 14);
        var below = await world.DeployAsync(needed.Service, "3.1", 12);
        var late = await world.DeployAsync(world.Objective.Service, "7.43", 2);
        await world.DeployAsync(needing.Service, "1.0", 11);
        await world.DeployAsync(world.Objective.Service, "7.40", 60 * 8);

        var answer = await AnswerAsync(world, TriageQuestion.Changes);

        Assert.Equal([own, below, late], answer.Leads.Select(l => l.Evidence.Id));
        Assert.Equal([true, true, false], answer.Leads.Select(l => l.Stands));
        Assert.Equal($"{world.Service} 7.42 to production", answer.Leads[0].Title);
    }

    [Fact]
    public async Task Dependencies_OneThatBurnsAndOneWithAnOpenIncident_TellsWhereTheyAre()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var needed = await world.AddNeighbourAsync(needed: true);
        var needing = await world.AddNeighbourAsync(needed: false);
        await using (var db = await world.Portal.ContextAsync())
        {
            var version = db.ObjectiveVersions.Single(v => v.ObjectiveId == needed.Id).Id;
            db.Add(new BudgetState { ObjectiveId = needed.Id, VersionId = version, EvaluatedAt = Noon, WindowStart = Noon.AddDays(-30), BurnLastHour = 31, Standing = BudgetStanding.Exhausted, Sentence = "" });
            await db.SaveChangesAsync(Ct);
        }
        await world.Get<Application.Incidents.Detection.DeclareIncident.Handler>().HandleAsync(new("Orders wait", Domain.Incidents.IncidentSeverity.Sev3, [needing.Service.Slug]), world.Commander, Ct);

        var answer = await AnswerAsync(world, TriageQuestion.Dependencies);

        Assert.StartsWith("2 of 2 dependencies are unwell: 1 of what it needs, 1 of what needs it.", answer.Said, StringComparison.Ordinal);
        Assert.Equal([(EvidenceKind.Objective, "it needs this: burns 31 times even, budget spent"), (EvidenceKind.Incident, "needs it: an open incident")], answer.Leads.Select(l => (l.Evidence.Kind, l.Why)));
    }

    [Fact]
    public async Task Segments_OneThatFailsMoreThanItsTraffic_StandsOut()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await using (var db = await world.Portal.ContextAsync())
        {
            var split = new SliSplit(world.Objective.SliId, ["region"], 10, Noon.AddDays(-3), "Ines", Noon.AddDays(-3));
            db.Add(split);
            await db.SaveChangesAsync(Ct);
            db.AddRange(new SliSegment(SliSegment.FirstId, split.Id, world.Objective.SliId, ["eu"], false, Noon.AddDays(-3), 1), new SliSegment(SliSegment.FirstId + 1, split.Id, world.Objective.SliId, ["us"], false, Noon.AddDays(-3), 1));
            await db.SaveChangesAsync(Ct);
        }
        await world.Portal.CountEvenlyAsync(SliSegment.FirstId, Noon.AddMinutes(-15), Noon, 9, 100);
        await world.Portal.CountEvenlyAsync(SliSegment.FirstId + 1, Noon.AddMinutes(-15), Noon, 1, 300);

        var answer = await AnswerAsync(world, TriageQuestion.Segments);

        Assert.Equal(("eu in Requests of Checkout", "90 % of the failures with 25 % of the events, burns 90 times even", true), (answer.Leads[0].Title, answer.Leads[0].Why, answer.Leads[0].Stands));
        Assert.Equal(2, answer.Leads.Count);
    }

    [Fact]
    public async Task Probes_OneLocationThatFails_SaysSinceWhen()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await using (var db = await world.Portal.ContextAsync())
        {
            var source = Source.OfProbe("Front page", "GET https://shop.example.com", TimeSpan.FromMinutes(1), Noon.AddDays(-1));
            db.Add(source);
            await db.SaveChangesAsync(Ct);
            db.Add(new Probe(source.Id, world.Objective.SliId, new ProbeCheck { Kind = ProbeKind.Http, Url = "https://shop.example.com" }, TimeSpan.FromSeconds(10), ["portal", "eu", "mars"], Noon));
            db.AddRange(Run(source.Id, "portal", -9, ProbeOutcome.Good), Run(source.Id, "portal", -8, ProbeOutcome.Failed), Run(source.Id, "portal", -1, ProbeOutcome.Failed), Run(source.Id, "eu", -1, ProbeOutcome.Good));
            await db.SaveChangesAsync(Ct);
        }

        var answer = await AnswerAsync(world, TriageQuestion.Probes);

        Assert.Equal("Probes fail from 1 of 3 locations, pass from 1, say nothing from 1.", answer.Said);
        Assert.Equal(["fails from portal since 2026-11-10 11:52 UTC: told so", "has not run from mars", "passes from eu since 2026-11-10 11:59 UTC"], answer.Leads.Select(l => l.Why));
        Assert.Equal("Front page", answer.Leads[0].Title);
    }

    [Fact]
    public async Task Runbooks_OfAServiceWithOne_IsLinked()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await using (var db = await world.Portal.ContextAsync())
        {
            var service = db.Services.Single(s => s.Id == world.Objective.Service.Id);
            service.Describe(service.Slug, service.Name, "", service.Tier, service.OwnerTeamId, [new ServiceLink("Dashboard", "https://d.example.com"), new ServiceLink("Runbook", "https://wiki.example.com/checkout")]);
            await db.SaveChangesAsync(Ct);
        }

        var answer = await AnswerAsync(world, TriageQuestion.Runbooks);

        Assert.Equal(("Runbook of Checkout.", "https://wiki.example.com/checkout"), (answer.Said, Assert.Single(answer.Leads).Evidence.Reference));
    }

    private static ProbeResult Run(int source, string location, int minutes, ProbeOutcome outcome) =>
        new(source, location, Noon.AddMinutes(minutes), Noon.AddMinutes(minutes), Noon.AddMinutes(minutes), new ProbeRun(outcome, "told so", new ProbeParts()));

    private static async Task<TriageAnswer> AnswerAsync(IncidentWorld world, TriageQuestion question)
    {
        var number = await world.DeclareAsync();
        await world.CollectAsync();
        return (await world.TriageAsync(number)).To(question);
    }
}
