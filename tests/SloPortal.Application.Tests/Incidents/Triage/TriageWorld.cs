using SloPortal.Application.Incidents.Triage;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Changes;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Application.Tests.Incidents.Triage;

/// <summary>Short ways to what triage looks at.</summary>
internal static class TriageWorld
{
    public static Task CollectAsync(this IncidentWorld world, BudgetWorld? portal = null) => (portal ?? world.Portal).Pass<CollectTriage>().RunAsync(world.Now, IncidentWorld.Ct);

    public static async Task<IReadOnlyList<TimelineEntry>> FoundAsync(this IncidentWorld world, int number) => [.. (await world.TimelineAsync(number)).Where(e => e.Kind == EntryKind.Triage)];

    public static async Task<TriageRead> TriageAsync(this IncidentWorld world, int number, Domain.Access.Actor? by = null) =>
        (await world.Get<GetTriage.Handler>().HandleAsync(new(number), by ?? world.Commander, IncidentWorld.Ct)).Require();

    public static TriageAnswer To(this TriageRead read, TriageQuestion question) => read.Answers.Single(a => a.Question == question);

    /// <summary>Another service that is needed by, or needs, the service of the world.</summary>
    public static async Task<ObjectiveOfTest> AddNeighbourAsync(this IncidentWorld world, bool needed)
    {
        var other = await world.Portal.AddObjectiveAsync();
        await using var db = await world.Portal.ContextAsync();
        var (from, on) = needed ? (world.Objective.Service.Id, other.Service.Id) : (other.Service.Id, world.Objective.Service.Id);
        db.Add(new Dependency(Guid.NewGuid(), from, on, null, DependencyKind.Hard, null, "", world.Now));
        await db.SaveChangesAsync(IncidentWorld.Ct);
        return other;
    }

    public static async Task<Guid> DeployAsync(this IncidentWorld world, Service service, string version, int minutesBeforeNoon, string environment = "production")
    {
        await using var db = await world.Portal.ContextAsync();
        var at = IncidentWorld.Noon.AddMinutes(-minutesBeforeNoon);
        var deployment = new Deployment(Guid.NewGuid(), service.Id, version, environment, at, at, "pipeline", null, null, version);
        db.Add(deployment);
        await db.SaveChangesAsync(IncidentWorld.Ct);
        return deployment.Id;
    }
}
