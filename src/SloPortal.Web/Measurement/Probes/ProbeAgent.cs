using SloPortal.Application.Measurement.Probes.Agents;
using SloPortal.Application.Measurement.Probes.Running;
using SloPortal.Application.Common;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Web.Measurement.Probes;

/// <summary>Runs the probes of a location on their beat. What it asks and what it sends are apart: it goes on measuring while the portal is away.</summary>
internal sealed class ProbeAgent(string location, ProbeRunner runner, AgentPortal portal, AgentBuffer buffer, TimeProvider clock, Action<string> say)
{
    private const int AtOnce = 50;

    private static readonly TimeSpan FetchEvery = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SendEvery = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, DateTimeOffset> due = [];
    private readonly Dictionary<int, Task> running = [];
    private volatile ProbeOrders? orders;
    private string? trouble;

    /// <summary>Until it is stopped; then what was measured is kept.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await Task.WhenAll(FetchAsync(ct), ProbeAsync(ct), SendAsync(ct));
        await Task.WhenAll(running.Values);
    }

    private async Task FetchAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var outcome = await portal.FetchAsync(ct).OrStopped();
            if (outcome.Value is { } found)
            {
                if (orders is null)
                    say($"{found.Probes.Count} probes run here.");
                orders = found;
            }
            Tell(outcome.Refusal);
            await WaitAsync(orders is null ? AskAgainAfter : FetchEvery, ct);
        }
    }

    private async Task ProbeAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            foreach (var (id, _) in running.Where(r => r.Value.IsCompleted).ToArray())
                running.Remove(id);
            if (orders is { } now)
                StartDue(now, ct);
            await WaitAsync(Tick, ct);
        }
    }

    private void StartDue(ProbeOrders present, CancellationToken ct)
    {
        var now = clock.GetUtcNowInMicroseconds();
        var rules = present.Rules();
        foreach (var gone in due.Keys.Except(present.Probes.Select(p => p.Id)).ToArray())
            due.Remove(gone);
        foreach (var order in present.Probes)
        {
            var every = TimeSpan.FromSeconds(order.EverySeconds);
            var next = ProbeSchedule.Next(order.Id, location, every, now);
            // Another interval is another beat.
            if (!due.TryGetValue(order.Id, out var at) || at > next)
                due[order.Id] = at = next;
            if (at > now || running.ContainsKey(order.Id) || running.Count >= AtOnce)
                continue;
            due[order.Id] = next;
            running[order.Id] = Task.Run(async () =>
            {
                var run = await runner.RunAsync(order.Check, order.Authorization, TimeSpan.FromSeconds(order.TimeoutSeconds), rules, ct);
                try
                {
                    buffer.Add(new AgentResult(order.Id, next - every, now, run));
                }
                catch (IOException e)
                {
                    say($"A result could not be kept: {e.Message}");
                }
            }, CancellationToken.None);
        }
    }

    private async Task SendAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            while (!ct.IsCancellationRequested && buffer.Peek() is (var number, var results))
            {
                var outcome = await portal.SendAsync(clock.GetUtcNow(), buffer.Dropped, results, ct).OrStopped();
                Tell(outcome.Refusal);
                // What the portal does not take now it will not take later; everything else is sent again.
                if (outcome.Refusal is { Kind: not RefusalKind.Invalid })
                    break;
                buffer.Remove(number, wasTaken: outcome.Succeeded);
            }
            await WaitAsync(SendEvery, ct);
        }
    }

    /// <summary>Says what is wrong once, and when it is over.</summary>
    private void Tell(Refusal? refusal)
    {
        if (refusal?.Message == trouble)
            return;
        trouble = refusal?.Message;
        say(refusal is null ? "The portal answers again." : refusal.Kind == RefusalKind.Unavailable ? $"{refusal.Message} Results are kept and sent later; {buffer.Waiting} wait." : refusal.Message);
    }

    private Task WaitAsync(TimeSpan wait, CancellationToken ct) => Task.Delay(wait, clock, ct).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}

internal static class AgentOutcomes
{
    /// <summary>A call that is given up since the agent stops is to be made again another time.</summary>
    public static async Task<Outcome<T>> OrStopped<T>(this Task<Outcome<T>> asked)
    {
        try
        {
            return await asked;
        }
        catch (OperationCanceledException)
        {
            return Refusal.Unavailable;
        }
    }
}
