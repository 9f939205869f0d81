using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Watching;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <summary>What a look found, and how it comes on the list.</summary>
internal sealed record FoundDegradation(WatchSubject Subject, string Title, WatchFinding Finding)
{
    /// <summary>
    /// Puts it on the list and tells the owning team, or writes it into the history of what is there. What was dismissed or promoted stays away until it would have expired, and as long
    /// as its incident is open. Nobody is called.
    /// </summary>
    /// <returns>Whether it is new on the list.</returns>
    public async Task<bool> TakeAsync(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, Actor portal, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var key = Subject.Key;
        var watched = await db.WatchItems.Where(w => w.SubjectKey == key && w.State == WatchState.Watched).Select(w => (Guid?)w.Id).SingleOrDefaultAsync(ct);
        if (watched is { } id)
        {
            await AgainAsync(work, id, portal, ct);
            return false;
        }
        var outcome = await work.ChangeAsync<FoundDegradation, bool>(this, portal, Permission.Respond, async change =>
        {
            if (await change.Db.WatchItems.AnyAsync(w => w.SubjectKey == key && (w.State == WatchState.Dismissed || w.State == WatchState.Promoted)
                && (w.ExpiresAt > change.Now || change.Db.Incidents.Any(i => i.Id == w.IncidentId && i.EndedAt == null && i.ClosedAt == null)), ct))
                return Refusal.Conflict("It was decided about.");
            var item = WatchItem.Found(Guid.CreateVersion7(change.Now), Subject, Title, Finding, WatchRules.ActingIn(change));
            change.Db.WatchItems.Add(item);
            WatchRules.Record(change, "watch.found", item, new { item.Kind, item.Observed, item.Expected, item.Dispersion, item.PValue, item.Limit, item.LookedFrom, item.LookedTo });
            change.Tell(await WatchRules.PeopleOfAsync(change.Db, item.ServiceId, ct), $"To watch, {item.Title}: {item.Reason}", WatchRules.AddressOf(item.Id));
            return true;
        }, ct);
        return outcome.Succeeded;
    }

    private Task<Outcome<Done>> AgainAsync(UnitOfWork work, Guid id, Actor portal, CancellationToken ct) =>
        work.ChangeAsync<FoundDegradation, Done>(this, portal, Permission.Respond, async change =>
        {
            var found = await WatchRules.FindAsync(change, id, ct);
            if (!found.Succeeded)
                return found.Refusal;
            if (!found.Value.FindAgain(Finding, WatchRules.ActingIn(change)))
                return Refusal.Conflict("This look was taken already.");
            WatchRules.Record(change, "watch.found_again", found.Value, new { found.Value.Observed, found.Value.Expected, found.Value.PValue, found.Value.LookedTo });
            return Done.Value;
        }, ct);
}
