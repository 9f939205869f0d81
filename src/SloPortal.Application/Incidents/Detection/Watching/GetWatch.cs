using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Watching;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <param name="Observed">With the others of a look; null for what people did.</param>
public sealed record WatchLine(long Id, WatchEvent Event, string Said, string By, bool ByPortal, DateTimeOffset At, double? Observed, double? Expected, double? PValue);

/// <param name="History">Newest first, at most the last 200.</param>
/// <param name="Lines">How many there are.</param>
/// <param name="MayAct">The reader may take it and make an incident of it.</param>
/// <param name="IsOwner">The reader owns it.</param>
public sealed record WatchDetails(WatchRow Item, IReadOnlyList<WatchLine> History, int Lines, bool MayAct, bool IsOwner);

/// <summary>One watched thing with all that happened to it.</summary>
public sealed record GetWatch(Guid Id)
{
    private const int Most = 200;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<WatchDetails>> HandleAsync(GetWatch request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await WatchRow.ReadAsync(db, db.WatchItems.Where(w => w.Id == request.Id), actor, ct) is not [var item])
                return Refusal.NotFound("What is watched");
            var notes = db.WatchNotes.AsNoTracking().Where(n => n.ItemId == item.Id);
            var lines = await notes.OrderByDescending(n => n.Id).Take(Most)
                .Select(n => new WatchLine(n.Id, n.Event, n.Said, n.ByName, n.ByPortal, n.At, n.Observed, n.Expected, n.PValue)).ToListAsync(ct);
            return new WatchDetails(item, lines, lines.Count < Most ? lines.Count : await notes.CountAsync(ct), actor.May(Permission.Respond), item.OwnerId is { } owner && owner == actor.PersonId);
        }
    }
}
