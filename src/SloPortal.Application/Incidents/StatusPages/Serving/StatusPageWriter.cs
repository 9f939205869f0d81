using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.StatusPages.Serving;

/// <summary>
/// Keeps this portal's files of the status pages true: writes them at the start, whenever something is published, an incident is restricted or a page
/// is changed, on whichever portal, and every minute. While the database is away they stay as they are.
/// </summary>
public sealed class StatusPageWriter : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly StatusPageFiles files;
    private readonly TimeProvider clock;
    private readonly ILogger<StatusPageWriter> logger;
    private readonly SemaphoreSlim writing = new(1);
    private readonly SemaphoreSlim woken = new(0);
    private readonly List<IDisposable> subscriptions = [];
    private long changes = 1;
    private long written;

    public StatusPageWriter(IDbContextFactory<PortalDbContext> contexts, StatusPageFiles files, PortalEvents events, TimeProvider clock, ILogger<StatusPageWriter> logger)
    {
        ArgumentNullException.ThrowIfNull(events);
        (this.contexts, this.files, this.clock, this.logger) = (contexts, files, clock, logger);
        // Restrictions and merges are told with all that happens to incidents.
        foreach (var topic in (string[])[StatusPageAddresses.Topic, IncidentToChange.Topic])
            subscriptions.Add(events.SubscribeFirst(topic, _ => Wake()));
    }

    /// <summary>Returns once the files say what this portal has heard of, or after <paramref name="patience"/>: rather old news than none.</summary>
    public async Task SettleAsync(TimeSpan patience, CancellationToken ct)
    {
        if (IsSettled)
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            await WriteAsync(limit.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is not OutOfMemoryException)
        {
            // The loop tells of it and tries again.
        }
    }

    /// <summary>Writes all pages as they are now, unless that was done since the last change.</summary>
    internal async Task WriteAsync(CancellationToken ct, bool anyway = false)
    {
        await writing.WaitAsync(ct);
        try
        {
            if (IsSettled && !anyway)
                return;
            // Before the reading, so that what changes meanwhile is read again.
            var seen = Interlocked.Read(ref changes);
            using var alone = await files.LockAsync(ct);
            await files.WriteAsync(await ReadAsync(ct), ct);
            Interlocked.Exchange(ref written, seen);
        }
        finally
        {
            writing.Release();
        }
    }

    public override void Dispose()
    {
        subscriptions.ForEach(s => s.Dispose());
        base.Dispose();
        writing.Dispose();
        woken.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WriteAsync(stoppingToken, anyway: true);
                await woken.WaitAsync(Every, stoppingToken);
                // One writing serves all that woke it.
                while (await woken.WaitAsync(0, stoppingToken)) { }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                var isAway = PortalFailure.IsDatabaseAway(e);
                if (isAway)
                    logger.LogWarning("The status pages stay as they were last written: the database cannot be reached ({Reason})", e.GetBaseException().Message);
                else
                    logger.LogError(e, "The status pages could not be written ahead; set StatusPages__Folder to a folder that the portal may write");
                await Task.Delay(isAway ? Pause : Every, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private bool IsSettled => Interlocked.Read(ref written) == Interlocked.Read(ref changes);

    private void Wake()
    {
        Interlocked.Increment(ref changes);
        if (woken.CurrentCount == 0)
            woken.Release();
    }

    private async Task<List<WrittenPage>> ReadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNowInMicroseconds();
        var since = now - StatusStories.Past;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var pages = await db.StatusPages.AsNoTracking().Where(p => p.ArchivedAt == null).ToListAsync(ct);
        if (pages.Count == 0)
            return [];
        // A restricted incident is not told of anywhere, whatever was published before. What went on in another follows its restriction.
        var told = from u in db.IncidentUpdates.AsNoTracking().Where(u => u.State == UpdateState.Published && u.StatusPages.Length > 0)
                   join i in db.Incidents.Where(i => !i.IsRestricted) on u.IncidentId equals i.Id
                   select new { Update = u, Story = i.MergedIntoId ?? i.Id };
        // Only of what lasts, or ended lately, the pages tell; the others are many in time.
        var lately = told.Where(t => t.Update.PublishedAt >= since).Select(t => t.Story)
            .Concat(told.Where(t => t.Update.Told != ToldState.Resolved
                && !told.Any(r => r.Story == t.Story && r.Update.Told == ToldState.Resolved && r.Update.PublishedAt >= t.Update.PublishedAt)).Select(t => t.Story));
        var rows = await told.Where(t => lately.Contains(t.Story)).ToListAsync(ct);
        return pages.ConvertAll(p => new WrittenPage(
            p.KeyHash is { } hash ? Convert.ToHexString(hash) : null,
            StatusPageView.Of(p, rows.Where(r => r.Update.StatusPages.Contains(p.Id)).Select(r => new PublishedUpdate(
                r.Update.Id, r.Story, r.Update.Told, r.Update.Title, r.Update.Body, r.Update.PublishedAt!.Value, r.Update.NextUpdateAt, r.Update.Services)), now)));
    }
}
