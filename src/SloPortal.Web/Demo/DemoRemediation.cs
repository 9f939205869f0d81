using SloPortal.Application.Remediation;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Remediation;
using SloPortal.Web.Demo.Story;
using SloPortal.Web.Demo.Story.Incidents;

namespace SloPortal.Web.Demo;

/// <summary>How people of the story do what the reviews decided. What was played already changes nothing.</summary>
internal static class DemoRemediation
{
    public static IEnumerable<DemoStep> Of(DemoAction action)
    {
        yield return new DemoStep(action.At, (stage, ct) => CreateAsync(stage, action, ct));
        if (action.BeginsAfter is { } days)
            yield return new DemoStep(action.At.AddDays(days), (stage, ct) => BeginAsync(stage, action, ct));
        if (action.Ends is { } end)
            yield return new DemoStep(action.At.AddDays(end.After), (stage, ct) => EndAsync(stage, action, end, ct));
    }

    private static async Task CreateAsync(DemoStage stage, DemoAction action, CancellationToken ct)
    {
        if (await FindAsync(stage, action, ct) is not null || await DemoResponse.FindAsync(stage, action.Incident, ct) is not { } incident)
            return;
        var actor = await stage.ActorAsync(action.By, ct);
        var review = stage.Check(action.Incident, await stage.Get<FindPostmortem.Handler>().HandleAsync(new FindPostmortem(incident.Number), actor, ct));
        Guid? assignee = action.Assignee is { } key ? (await stage.ActorAsync(key, ct)).PersonId : null;
        stage.Check(action.Title, await stage.Get<CreateAction.Handler>().HandleAsync(new CreateAction(
            action.Title, action.Team, DateOnly.FromDateTime(action.At.UtcDateTime).AddDays(action.Days), Assignee: assignee, Service: action.Service,
            Incident: review?.Postmortem is null ? incident.Number : null, Postmortem: review?.Postmortem), actor, ct));
    }

    private static async Task BeginAsync(DemoStage stage, DemoAction action, CancellationToken ct)
    {
        if (await FindAsync(stage, action, ct) is { State: ActionState.Open } open)
            stage.Check(action.Title, await stage.Get<BeginAction.Handler>().HandleAsync(new BeginAction(open.Number), await stage.ActorAsync(action.Assignee ?? action.By, ct), ct));
    }

    private static async Task EndAsync(DemoStage stage, DemoAction action, DemoActionEnd end, CancellationToken ct)
    {
        if (await FindAsync(stage, action, ct) is not { State: ActionState.Open or ActionState.InProgress } open)
            return;
        var actor = await stage.ActorAsync(end.Who, ct);
        stage.Check(action.Title, end.Proof is { } proof
            ? await stage.Get<CompleteAction.Handler>().HandleAsync(new CompleteAction(open.Number, $"https://git.{DemoPeople.Domain}/shop/{proof}", end.Words), actor, ct)
            : await stage.Get<DropAction.Handler>().HandleAsync(new DropAction(open.Number, end.Words), actor, ct));
    }

    private static async Task<ActionRow?> FindAsync(DemoStage stage, DemoAction action, CancellationToken ct) =>
        stage.Check(action.Title, await stage.Get<ListActions.Handler>().HandleAsync(new ListActions(Text: action.Title), Actor.System("demo"), ct))?.Actions.Items.FirstOrDefault(a => a.Title == action.Title);
}
