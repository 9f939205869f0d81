using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <summary>
/// Which source a key belongs to. All of them are kept in memory, so that guesses cost no query; a change is known at once where its notice
/// arrives, and within <see cref="Freshness"/> where it does not.
/// </summary>
public sealed class SignalSourceDirectory : IDisposable
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    internal const string Topic = "signal-sources";

    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly TimeProvider clock;
    private readonly IDisposable subscription;
    private readonly SemaphoreSlim reading = new(1);
    private long changes;
    private volatile Snapshot? known;

    public SignalSourceDirectory(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock, PortalEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        this.contexts = contexts;
        this.clock = clock;
        subscription = events.Subscribe(Topic, _ => Interlocked.Increment(ref changes));
    }

    /// <summary>Null for a key that no source has.</summary>
    public async Task<KnownSource?> FindAsync(string? key, CancellationToken ct) =>
        SignalKey.Read(key) is { } read ? (await SnapshotAsync(ct)).Sources.GetValueOrDefault(Convert.ToHexString(SignalKey.HashOf(read))) : null;

    public void Dispose()
    {
        subscription.Dispose();
        reading.Dispose();
    }

    private async Task<Snapshot> SnapshotAsync(CancellationToken ct)
    {
        if (IsFresh(known))
            return known!;
        await reading.WaitAsync(ct);
        try
        {
            if (IsFresh(known))
                return known!;
            // Taken before the reading, so that what changes meanwhile makes it stale.
            var seen = Interlocked.Read(ref changes);
            return known = new Snapshot(await ReadAsync(ct), seen, clock.GetTimestamp());
        }
        finally
        {
            reading.Release();
        }
    }

    private bool IsFresh(Snapshot? snapshot) =>
        snapshot is not null && snapshot.Changes == Interlocked.Read(ref changes) && clock.GetElapsedTime(snapshot.ReadAt) < Freshness;

    private async Task<FrozenDictionary<string, KnownSource>> ReadAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.SignalSources.AsNoTracking().Where(s => s.RemovedAt == null)
            .Select(s => new { Source = s, Service = db.Services.Where(x => x.Id == s.ServiceId).Select(x => x.Slug).FirstOrDefault() }).ToListAsync(ct);
        return rows.ToFrozenDictionary(
            r => Convert.ToHexString(r.Source.KeyHash),
            r => new KnownSource(r.Source.Id, r.Source.TeamId, r.Source.Kind, r.Source.Name, r.Source.ServiceId, r.Service, r.Source.ServiceLabel, r.Source.ProtectedSecret));
    }

    private sealed record Snapshot(FrozenDictionary<string, KnownSource> Sources, long Changes, long ReadAt);
}
