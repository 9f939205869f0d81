using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull;

/// <summary>Asks every server that is due, a few at once, so that one that does not answer delays the others little.</summary>
public sealed class PullPass(IDbContextFactory<PortalDbContext> contexts, SourcePull pull, ILogger<PullPass> logger) : IPass, IDisposable
{
    // Long enough for servers that answer, so that the pass reports what it cost; the others go on by themselves.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Each holds a connection to the database while its server answers; many that are slow must not take them all.
    private const int AtOnce = 6;

    private readonly SemaphoreSlim _turns = new(AtOnce);
    private readonly Dictionary<int, Task> _running = [];

    public string Name => "pull-sources";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (id, _) in _running.Where(r => r.Value.IsCompleted).ToArray())
            _running.Remove(id);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sources = await db.Sources.AsNoTracking().Where(s => s.Kind == SourceKind.Pull && s.PausedAt == null).ToListAsync(ct);
        foreach (var source in sources.Where(s => IsDue(s, now) && !_running.ContainsKey(s.Id)))
            _running.Add(source.Id, Task.Run(() => PullAsync(source, now, ct), ct));
        await Task.WhenAny(Task.WhenAll(_running.Values), Task.Delay(Patience, ct));
    }

    public void Dispose() => _turns.Dispose();

    private static bool IsDue(Source source, DateTimeOffset now)
    {
        var last = source.LastArrivalAt > source.LastErrorAt ? source.LastArrivalAt : source.LastErrorAt ?? source.LastArrivalAt;
        return last is null || now - last >= source.PullEvery;
    }

    private async Task PullAsync(Source source, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await _turns.WaitAsync(ct);
            try
            {
                await pull.RunAsync(source, now, ct);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The portal stops.
        }
        catch (Exception e)
        {
            logger.LogWarning("The source {Source} could not be pulled and is tried again: {Reason}", source.Name, e.Message);
        }
    }
}
