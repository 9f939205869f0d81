using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Tuning;

/// <summary>How far a run is.</summary>
/// <param name="Topic">Under which notices say that it has come further.</param>
/// <param name="Done">Objectives that are done.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Outcome">Null while it runs.</param>
public sealed record TuningRun<T>(string Topic, int Done, int Of, Outcome<T>? Outcome);

/// <summary>
/// Back-tests and sweeps that go on while their reader is elsewhere, and what they gave, for half an hour. They are of the one who asked,
/// and all are forgotten as soon as an incident or a mark changes, since somebody may no longer see what theirs was held against.
/// </summary>
public sealed class TuningRuns : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly MemoryCache runs = new(new MemoryCacheOptions());
    private readonly PortalEvents events;
    private readonly TestAlertPolicy.Handler test;
    private readonly SweepAlertPolicy.Handler sweep;
    private readonly ILogger<TuningRuns> logger;
    private readonly List<IDisposable> subscriptions;
    private readonly CancellationTokenSource stopping = new();

    public TuningRuns(PortalEvents events, TestAlertPolicy.Handler test, SweepAlertPolicy.Handler sweep, ILogger<TuningRuns> logger)
    {
        ArgumentNullException.ThrowIfNull(events);
        (this.events, this.test, this.sweep, this.logger) = (events, test, sweep, logger);
        subscriptions = [.. new[] { "incidents", AlertLabelTopic.Name, "alerts", "people" }.Select(topic => events.SubscribeFirst(topic, _ => runs.Clear()))];
    }

    /// <summary>Begins a back-test, or says how far the one is that the same person began.</summary>
    public TuningRun<PolicyTested> Follow(TestAlertPolicy request, Actor actor) =>
        // Rules compare by reference in a list, so their text stands for them.
        Follow((request with { Rules = null }, request.Rules is null ? "" : string.Join(';', request.Rules)), actor, (progress, ct) => test.RunAsync(request, actor, progress, ct));

    /// <summary>The same of a sweep.</summary>
    public TuningRun<PolicySwept> Follow(SweepAlertPolicy request, Actor actor) => Follow(request, actor, (_, ct) => sweep.HandleAsync(request, actor, ct));

    public void Dispose()
    {
        subscriptions.ForEach(s => s.Dispose());
        stopping.Cancel();
        stopping.Dispose();
        runs.Dispose();
    }

    private TuningRun<T> Follow<T>(object request, Actor actor, Func<Action<int, int>, CancellationToken, Task<Outcome<T>>> work)
    {
        var run = runs.GetOrCreate((actor.PersonId, actor.TokenId, request), entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Kept;
            return new Lazy<Run<T>>(() => Begin(work));
        })!.Value;
        return run.Now;
    }

    private Run<T> Begin<T>(Func<Action<int, int>, CancellationToken, Task<Outcome<T>>> work)
    {
        var run = new Run<T>(new TuningRun<T>($"tuning/{Guid.NewGuid():N}", 0, 0, null));
        _ = Task.Run(async () =>
        {
            try
            {
                var outcome = await work((done, of) => Tell(run, run.Now with { Done = done, Of = of }), stopping.Token);
                Tell(run, run.Now with { Outcome = outcome });
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // The portal stops, and nothing is lost that could not be tried again.
            }
            catch (Exception e)
            {
                logger.LogError(e, "A back-test or sweep failed");
                Tell(run, run.Now with { Outcome = Refusal.Conflict("This could not be computed; the portal's log says why. Nothing was changed. Try again.") });
            }
        });
        return run;
    }

    private void Tell<T>(Run<T> run, TuningRun<T> now)
    {
        run.Now = now;
        events.Deliver([now.Topic]);
    }

    private sealed class Run<T>(TuningRun<T> begun)
    {
        public TuningRun<T> Now { get; set; } = begun;
    }
}
