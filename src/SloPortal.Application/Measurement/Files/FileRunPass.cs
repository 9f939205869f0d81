using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Files.Watching;
using SloPortal.Data;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files;

/// <summary>Counts files that wait, and goes on with those that were interrupted, two at once.</summary>
public sealed class FileRunPass(IDbContextFactory<PortalDbContext> contexts, FileRunner runner, IOptions<WatchSettings> watched, ILogger<FileRunPass> logger) : IPass
{
    // Short files are done within; the others go on by themselves.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const int AtOnce = 2;

    private readonly Dictionary<Guid, Task> running = [];

    public string Name => "count-files";

    public TimeSpan Every => TimeSpan.FromSeconds(2);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (id, _) in running.Where(r => r.Value.IsCompleted).ToArray())
            running.Remove(id);
        if (running.Count < AtOnce)
        {
            // A portal that has no watched folders leaves them to one that has.
            var seesFolders = !string.IsNullOrWhiteSpace(watched.Value.WatchedRoot);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var waiting = await db.FileRuns.AsNoTracking().Where(r => (r.State == FileRunState.Waiting || r.State == FileRunState.Running) && (r.Path == null || seesFolders))
                .OrderBy(r => r.CreatedAt).Select(r => r.Id).Take(10).ToListAsync(ct);
            foreach (var id in waiting.Where(id => !running.ContainsKey(id)).Take(AtOnce - running.Count))
                running.Add(id, Task.Run(() => CountAsync(id, ct), ct));
        }
        await Task.WhenAny(Task.WhenAll(running.Values), Task.Delay(Patience, ct));
    }

    private async Task CountAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await runner.RunAsync(id, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The portal stops; the run goes on with the next one.
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "The file of run {Run} could not be counted to its end; it is gone on with", id);
        }
    }
}
