using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Application.Tests.Incidents.Triage;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Domain.Incidents.Timeline;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Runbooks;

/// <summary>An incident world whose service has a runbook of one step that reads and one that changes something, on a webhook that really answers.</summary>
internal sealed record RunbookWorld(IncidentWorld World, WebhookReceiver Receiver, Actor Olga) : IAsyncDisposable
{
    public const string Secret = "shared with the receiver";

    public static async Task<RunbookWorld> CreateAsync(bool allowLocal = true, int timeoutSeconds = 10)
    {
        var world = await IncidentWorld.CreateAsync(allowLocal ? [Allow] : []);
        var receiver = await WebhookReceiver.StartAsync();
        (receiver.Status, receiver.Text) = (200, "3 pods");
        var olga = (await world.AddPersonAsync("Olga", Role.ServiceOwner)) with { TeamIds = ImmutableHashSet.Create(world.Objective.Team.Id) };
        var made = new RunbookWorld(world, receiver, olga);
        await made.WriteAsync(0, timeoutSeconds);
        return made;
    }

    public static (string, string) Allow => ("Notifications:AllowedHosts:0", "127.0.0.1");

    public async Task WriteAsync(int version, int timeoutSeconds = 10, string restart = "Restart pods") => (await World.Get<SetRunbook.Handler>().HandleAsync(
        new(World.Service, "Checkout hangs",
        [
            new("Count pods", "Counts them", StepKind.Reads, Receiver.Address + "/count", timeoutSeconds, Secret, await StepAsync("Count pods")),
            new(restart, "Restarts one after the other", StepKind.Changes, Receiver.Address + "/restart", timeoutSeconds, Secret, await StepAsync("Restart pods")),
        ], version), Olga, Ct)).Require();

    public async Task<Guid?> StepAsync(string name) =>
        (await World.Get<GetRunbook.Handler>().HandleAsync(new(World.Service), Olga, Ct)).Require().Steps.SingleOrDefault(s => s.Name == name)?.Id;

    /// <summary>An incident after its first round of triage.</summary>
    public async Task<int> DeclareAsync(bool restricted = false, params Guid[] readers)
    {
        var number = await World.DeclareAsync(restricted: restricted, readers: readers);
        await World.CollectAsync();
        return number;
    }

    public Task RunAsync(BudgetWorld? portal = null) => (portal ?? World.Portal).Pass<RunSteps>().RunAsync(World.Now, Ct);

    public async Task<int> AskAsync(int number, Actor? by = null, string because = "They hang", string? key = null) =>
        (await World.Get<AskStep.Handler>().HandleAsync(new(number, (await StepAsync("Restart pods"))!.Value, because, key), by ?? World.Responder, Ct)).Require();

    public async Task ApproveAsync(int number, Actor? by = null) =>
        (await World.Get<ApproveStep.Handler>().HandleAsync(new(number, (await RunOfAsync("Restart pods")).Id), by ?? World.Commander, Ct)).Require();

    public async Task<IncidentRunbookRead> ReadAsync(int number, Actor? by = null) => (await World.Get<GetIncidentRunbook.Handler>().HandleAsync(new(number), by ?? World.Commander, Ct)).Require();

    public async Task<IncidentStepRow> RowAsync(int number, string step, Actor? by = null) => (await ReadAsync(number, by)).Runbooks.SelectMany(r => r.Steps).Single(s => s.Name == step);

    public async Task<IReadOnlyList<StepRun>> RunsAsync()
    {
        await using var db = await World.Portal.ContextAsync();
        return await db.StepRuns.AsNoTracking().OrderBy(r => r.AskedAt).ThenBy(r => r.Id).ToListAsync(Ct);
    }

    /// <summary>The one that is not over, where there is one.</summary>
    public async Task<StepRun> RunOfAsync(string step) => (await RunsAsync()).OrderBy(r => !r.IsOver).Last(r => r.StepName == step);

    public async Task<IReadOnlyList<string>> SaidAsync(int number) => [.. (await World.TimelineAsync(number)).Where(e => e.Kind == EntryKind.Runbook).Select(e => e.Body)];

    public async Task<IReadOnlyList<string>> NoticesAsync(Actor of) => [.. (await World.Get<ListNotices.Handler>().HandleAsync(new(), of, Ct)).Require().Notices.Select(n => n.Text)];

    /// <summary>The service burns, or one beside it.</summary>
    public async Task BurnAsync(ObjectiveOfTest objective)
    {
        await using var db = await World.Portal.ContextAsync();
        var version = db.ObjectiveVersions.Single(v => v.ObjectiveId == objective.Id).Id;
        db.Add(new BudgetState { ObjectiveId = objective.Id, VersionId = version, EvaluatedAt = Noon, WindowStart = Noon.AddDays(-30), BurnLastHour = 31, Standing = BudgetStanding.Exhausted, Sentence = "" });
        await db.SaveChangesAsync(Ct);
    }

    /// <summary>Three services burn at once: this one, what it needs and what needs it.</summary>
    public async Task BurnManyAsync()
    {
        await BurnAsync(World.Objective);
        await BurnAsync(await World.AddNeighbourAsync(needed: true));
        await BurnAsync(await World.AddNeighbourAsync(needed: false));
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
