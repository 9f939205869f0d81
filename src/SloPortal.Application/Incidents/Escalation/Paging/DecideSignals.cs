using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>
/// Decides what becomes of what was received: whether it calls people, joins a page, or only stands in the ledger, each with the reason.
/// A batch is decided in one transaction with the pages that it opens, so that a portal that dies in between leaves nothing half decided.
/// </summary>
public sealed class DecideSignals : IPass, IDisposable
{
    /// <summary>So many events are decided together.</summary>
    private const int AtOnce = 250;

    private static readonly Actor Pager = Actor.System("pager");

    private readonly UnitOfWork work;
    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly IDisposable subscription;
    private volatile bool woken = true;

    public DecideSignals(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, PortalEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        this.work = work;
        this.contexts = contexts;
        subscription = events.Subscribe(SignalStore.Topic, _ => woken = true);
    }

    public string Name => "decide-signals";

    /// <summary>At once after a notice; now and then in any case, since notices can be lost.</summary>
    public TimeSpan Every => woken ? PassRunner.Soon : TimeSpan.FromSeconds(5);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        woken = false;
        while (await AnyAsync(now, ct))
        {
            var decided = await work.ChangeAsync<DecideSignals, int>(this, Pager, Permission.Respond, async change =>
            {
                var book = await DecisionBook.ReadAsync(change, AtOnce, ct);
                await book.DecideAsync(ct);
                return Math.Max(book.Events.Count, book.Due.Count);
            }, ct);
            if (!decided.Succeeded || decided.Value < AtOnce)
                return;
        }
    }

    public void Dispose() => subscription.Dispose();

    private async Task<bool> AnyAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.SignalEvents.AnyAsync(e => e.DecidedAt == null, ct) || await DecisionBook.DueSignals(db, now).AnyAsync(ct);
    }
}
