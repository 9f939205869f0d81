using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake;

/// <summary>
/// Ends episodes whose sender said until when they last and did not say so again, as Alertmanager does (its resolve_timeout): a Prometheus that
/// is gone, or whose rule is, tells no end. It also forgets deliveries that are older than anybody repeats.
/// </summary>
public sealed class EndSilentSignals(IDbContextFactory<PortalDbContext> contexts) : IPass
{
    private const int MostAtOnce = 1000;

    public string Name => "end-silent-signals";

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sources = await db.Signals.Where(s => s.State != SignalState.Resolved && s.ExpiresAt <= now).Select(s => s.SourceId).Distinct().ToListAsync(ct);
        foreach (var source in sources)
            await EndAsync(source, now, ct);
        await db.SignalDeliveries.Where(d => d.ReceivedAt < now - SignalDelivery.KeptFor).ExecuteDeleteAsync(ct);
    }

    private async Task EndAsync(Guid? source, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await SignalStore.LockAsync(db, source, ct);
        var silent = await db.Signals.AsNoTracking().Where(s => s.SourceId == source && s.State != SignalState.Resolved && s.ExpiresAt <= now)
            .OrderBy(s => s.ExpiresAt).Take(MostAtOnce).ToListAsync(ct);
        var book = new EpisodeBook(silent.ToDictionary(s => s.DedupKey), new Dictionary<string, PastEpisode>(), _ => throw new InvalidOperationException("Nothing begins here."), now);
        silent.ForEach(book.EndSilent);
        await SignalStore.WriteAsync(db, book, ct);
        if (silent.Count > 0)
            await PortalEvents.PublishAsync(db, [SignalStore.Topic], ct);
        await transaction.CommitAsync(ct);
    }
}
