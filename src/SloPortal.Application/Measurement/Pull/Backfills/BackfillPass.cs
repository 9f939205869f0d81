using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;

namespace SloPortal.Application.Measurement.Pull.Backfills;

/// <summary>Takes the back-fills on, one window of each in turn, so that a long one does not keep the others waiting.</summary>
public sealed class BackfillPass(IDbContextFactory<PortalDbContext> contexts, BackfillRun run) : IPass
{
    // A pass that lasted for all of a long history would look stuck.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public string Name => "back-fill";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        var waiting = await WaitingAsync(now, ct);
        var begun = Stopwatch.GetTimestamp();
        while (waiting.TryDequeue(out var sli) && Stopwatch.GetElapsedTime(begun) < Turn)
        {
            if (await run.StepAsync(sli, ct))
                waiting.Enqueue(sli);
        }
    }

    private async Task<Queue<int>> WaitingAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return new Queue<int>(await db.Backfills.Where(b => b.FinishedAt == null && (b.FailedAt == null || b.FailedAt < now - Pause))
            .OrderBy(b => b.SliId).Select(b => b.SliId).ToListAsync(ct));
    }
}
