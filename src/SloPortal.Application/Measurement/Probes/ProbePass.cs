using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Probes.Addresses;
using SloPortal.Application.Measurement.Probes.Running;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Data;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes;

/// <summary>
/// Runs the probes that are due at the portal. When a probe is due next is stored before it runs, while this portal holds the lock of the pass:
/// so no other portal runs it as well, and a run that a kill interrupts is told as not measured when a portal comes back.
/// </summary>
public sealed class ProbePass(
    IDbContextFactory<PortalDbContext> contexts, ProbeRunner runner, ProbeStore store, SourceSecrets secrets, TimeProvider clock, ILogger<ProbePass> logger) : IPass
{
    private const int AtOnce = 50;
    private const int Tries = 20;

    // Most runs are done within; the others go on by themselves.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<int, Task> running = [];

    public string Name => "run-probes";

    public TimeSpan Every => TimeSpan.FromSeconds(2);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (id, _) in running.Where(r => r.Value.IsCompleted).ToArray())
            running.Remove(id);
        await StartDueAsync(now, ct);
        await Task.WhenAny(Task.WhenAll(running.Values), Task.Delay(Patience, clock, ct));
    }

    /// <summary>Ends when nothing runs any more.</summary>
    internal Task Idle => Task.WhenAll(running.Values);

    private async Task StartDueAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var due = await (from probe in db.Probes
                         join source in db.Sources on probe.SourceId equals source.Id
                         join sli in db.Slis on probe.SliId equals sli.Id
                         where probe.NextAt <= now && source.PausedAt == null && sli.ArchivedAt == null && probe.Locations.Contains(Probe.Portal)
                         orderby probe.NextAt
                         select new { probe, source }).Take(AtOnce).ToListAsync(ct);
        if (due.Count == 0)
            return;
        var rules = await ProbeAddresses.RulesAsync(db, ct);
        var starts = new List<(Probe Probe, Source Source, DateTimeOffset Due, DateTimeOffset? Missed)>();
        foreach (var found in due.Where(d => !running.ContainsKey(d.probe.SourceId)).Take(AtOnce - running.Count))
        {
            var every = found.source.PullEvery!.Value;
            DateTimeOffset? missed = now - found.probe.NextAt >= every ? found.probe.NextAt : null;
            var next = ProbeSchedule.Next(found.source.Id, Probe.Portal, every, now);
            starts.Add((found.probe, found.source, next - every, missed));
            found.probe.Schedule(next);
        }
        await db.SaveChangesAsync(ct);
        foreach (var (probe, source, at, missed) in starts)
            running[probe.SourceId] = Task.Run(() => AskAsync(probe, source, at, missed, rules, ct), CancellationToken.None);
    }

    private async Task AskAsync(Probe probe, Source source, DateTimeOffset due, DateTimeOffset? missed, OutgoingRules rules, CancellationToken ct)
    {
        try
        {
            var at = clock.GetUtcNowInMicroseconds();
            var results = new List<ProbeResult>();
            if (missed is { } since)
                results.Add(new ProbeResult(source.Id, Probe.Portal, since, since, at, new ProbeRun(ProbeOutcome.NotMeasured, $"No portal ran this probe from {since:yyyy-MM-dd HH:mm:ss} to {at:yyyy-MM-dd HH:mm:ss} UTC.", new ProbeParts())));
            var run = source.ProtectedAuthorization is not null && secrets.Reveal(source) is null
                ? new ProbeRun(ProbeOutcome.NotMeasured, "The stored Authorization value cannot be read any more; give it again.", new ProbeParts())
                : await runner.RunAsync(probe.Check, secrets.Reveal(source), probe.Timeout, rules, ct);
            results.Add(new ProbeResult(source.Id, Probe.Portal, due, at, clock.GetUtcNowInMicroseconds(), run));
            for (var tries = 1; (await store.WriteAsync(source.Id, probe.SliId, results, clock.GetUtcNowInMicroseconds())).Answer != IngestAnswer.Stored; tries++)
            {
                if (tries == Tries || ct.IsCancellationRequested)
                {
                    logger.LogWarning("A run of the probe {Probe} could not be stored and counts for nothing", source.Name);
                    return;
                }
                await Task.Delay(TryAgainAfter, clock, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning(e, "The probe {Probe} could not be run", source.Name);
        }
    }
}
