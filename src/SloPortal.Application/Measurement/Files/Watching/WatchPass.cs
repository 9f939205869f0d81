using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files.Watching;

/// <summary>
/// Looks into the watched folders. A file is counted once, by what it holds: one that grew at its end goes on behind what is counted, one
/// that was renamed or copied is known, and one that holds something else is counted anew, where known rows count no second time.
/// </summary>
public sealed class WatchPass(IDbContextFactory<PortalDbContext> contexts, IOptions<WatchSettings> settings, UnitOfWork work, ILogger<WatchPass> logger) : IPass
{
    /// <summary>A file that was not written for so long is taken to its end, also without the end of a line.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    /// <summary>What was looked at here, so that a file that stays as it is costs nothing.</summary>
    private readonly Dictionary<(int Source, string File), (DateTimeOffset ModifiedAt, long Length)> looked = [];

    public string Name => "watch-folders";

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(settings.Value.WatchedRoot))
            return;
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var feed in await db.FileFeeds.AsNoTracking().Where(f => f.Folder != null).ToListAsync(ct))
        {
            if (WatchedFolder.TryOpen(settings.Value.WatchedRoot, feed.Folder!, out var folder, out var problem))
                await LookAsync(db, feed, folder, now, ct);
            await NoteAsync(db, feed.SourceId, problem, now, ct);
        }
    }

    private async Task LookAsync(PortalDbContext db, FileFeed feed, WatchedFolder folder, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var file in folder.Files())
        {
            try
            {
                await LookAsync(db, feed, folder, file, now, ct);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("The watched file {File} could not be read: {Reason}", file.FullName, e.Message);
            }
        }
    }

    private async Task LookAsync(PortalDbContext db, FileFeed feed, WatchedFolder folder, FileInfo file, DateTimeOffset now, CancellationToken ct)
    {
        var modifiedAt = Microseconds(file.LastWriteTimeUtc);
        var last = await db.FileRuns.AsNoTracking().Where(r => r.SourceId == feed.SourceId && r.Path == file.Name).OrderByDescending(r => r.CreatedAt).FirstOrDefaultAsync(ct);
        if (last is { IsOver: false } || (last?.ModifiedAt == modifiedAt && last.Size == file.Length) || looked.GetValueOrDefault((feed.SourceId, file.Name)) == (modifiedAt, file.Length))
            return;
        // What failed fails again until somebody changes the mapping.
        if (last is { State: FileRunState.Failed } && last.Mapping == feed.Mapping)
            return;
        await using var stream = folder.Open(file.Name);
        var length = await FilePrint.WholeLinesAsync(stream, now - modifiedAt > Quiet, ct);
        if (length == file.Length)
            looked[(feed.SourceId, file.Name)] = (modifiedAt, file.Length);
        if (length == 0)
            return;
        long done = 0;
        if (last is { State: FileRunState.Done } && last.Size <= length)
        {
            stream.Position = 0;
            var same = (await FilePrint.OfAsync(stream, last.Size, ct)).Hash.AsSpan().SequenceEqual(last.ContentHash);
            if (same && last.Size == length)
                return;
            done = same ? last.RowsRead : 0;
        }
        stream.Position = 0;
        var print = await FilePrint.OfAsync(stream, length, ct);
        // Renamed, or a copy.
        if (done == 0 && await db.FileRuns.AnyAsync(r => r.SourceId == feed.SourceId && r.State == FileRunState.Done && r.Size == print.Length && r.ContentHash == print.Hash, ct))
            return;
        await BeginAsync(feed, file, modifiedAt, print, done, ct);
    }

    private Task<Outcome<Guid>> BeginAsync(FileFeed feed, FileInfo file, DateTimeOffset modifiedAt, FilePrint print, long done, CancellationToken ct) =>
        work.ChangeAsync<string, Guid>(file.Name, Actor.System("watched folder"), Permission.SendSamples, change =>
        {
            var run = new FileRun(Guid.CreateVersion7(), feed.SliId, SafeText.Of(file.Name, 300), Guid.Empty, change.Actor.Name, change.Now);
            run.Follow(file.Name, modifiedAt, print.Length, print.Hash, done);
            run.Start(feed.SourceId, feed.Mapping);
            change.Db.Add(run);
            change.Audit("file-run.started", "file", run.Id, run.Name, new { feed.SourceId, feed.Folder, print.Length, sha256 = Convert.ToHexStringLower(print.Hash), rowsDone = done });
            change.Publish("sources");
            return Task.FromResult<Outcome<Guid>>(run.Id);
        }, ct);

    private static async Task NoteAsync(PortalDbContext db, int sourceId, string? problem, DateTimeOffset now, CancellationToken ct)
    {
        var source = db.Sources.Where(s => s.Id == sourceId);
        if (problem is null)
            await source.Where(s => s.LastError != null).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastError, (string?)null).SetProperty(s => s.LastErrorAt, (DateTimeOffset?)null), ct);
        else
            await source.ExecuteUpdateAsync(set => set.SetProperty(s => s.LastError, problem).SetProperty(s => s.LastErrorAt, now), ct);
    }

    private static DateTimeOffset Microseconds(DateTime utc) => new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
