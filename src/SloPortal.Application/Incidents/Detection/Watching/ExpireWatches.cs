using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Watching;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <summary>Takes off the list what nobody prolonged, and tells its owner. It stays findable.</summary>
internal sealed class ExpireWatches(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts) : IPass
{
    private const int MostAtOnce = 100;

    private static readonly Actor Portal = Actor.System("watch");

    public string Name => "expire-watches";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var due = await db.WatchItems.Where(w => w.State == WatchState.Watched && w.ExpiresAt <= now).OrderBy(w => w.ExpiresAt).Take(MostAtOnce).Select(w => w.Id).ToListAsync(ct);
        foreach (var id in due)
        {
            await work.ChangeAsync<ExpireWatches, Done>(this, Portal, Permission.Respond, async change =>
            {
                var found = await WatchRules.FindAsync(change, id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var item = found.Value;
                if (!item.Expire(WatchRules.ActingIn(change)))
                    return Refusal.Conflict("It was prolonged, or left the list.");
                if (item.OwnerId is { } owner)
                    change.Tell([owner], $"Watched no longer, since nobody prolonged it: {item.Title}", WatchRules.AddressOf(item.Id));
                WatchRules.Record(change, "watch.expired", item);
                return Done.Value;
            }, ct);
        }
    }
}
