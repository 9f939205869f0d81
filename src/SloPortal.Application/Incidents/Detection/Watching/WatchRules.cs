using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Watching;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <summary>What the operations on the watch list share.</summary>
internal static class WatchRules
{
    /// <summary>Wakes pages that show the list.</summary>
    public const string Topic = "watch";

    public static string AddressOf(Guid id) => $"/incidents/watch/{id}";

    public static WatchActing ActingIn(Change change, string? clientKey = null) =>
        new(change.Actor.PersonId, change.Actor.Name, change.Actor.Kind == ActorKind.System, change.Now, clientKey);

    /// <summary>
    /// The item, tracked. Nobody else changes it until the transaction ends, so that two who do the same at once are told apart and a key that is sent twice counts once.
    /// </summary>
    public static async Task<Outcome<WatchItem>> FindAsync(Change change, Guid id, CancellationToken ct)
    {
        await change.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"watch/" + id}, 0))", ct);
        return await change.Db.WatchItems.SingleOrDefaultAsync(w => w.Id == id, ct) is { } item ? item : Refusal.NotFound("What is watched");
    }

    /// <summary>Whether the change was made under this key already.</summary>
    public static async Task<bool> RepeatedAsync(Change change, WatchItem item, string? clientKey, CancellationToken ct)
    {
        if (clientKey is null || !await change.Db.WatchNotes.AnyAsync(n => n.ItemId == item.Id && n.ClientKey == clientKey, ct))
            return false;
        change.Audit("watch.repeated", "watch", item.Id, item.Title, new { clientKey });
        return true;
    }

    /// <summary>Refused to who has nothing to do with it: its owner, people of the service's team and incident commanders decide.</summary>
    public static async Task<Refusal?> MustDecideAsync(Change change, WatchItem item, CancellationToken ct)
    {
        var actor = change.Actor;
        if (actor.May(Permission.RunIncidents) || (item.OwnerId is { } owner && owner == actor.PersonId))
            return null;
        var team = await change.Db.Services.Where(s => s.Id == item.ServiceId).Select(s => s.OwnerTeamId).SingleAsync(ct);
        return actor.TeamIds.Contains(team) ? null
            : Refusal.Denied("Its owner, people of the team that owns the service, and incident commanders decide this. Take it first, or ask one of them.");
    }

    public static void Record(Change change, string action, WatchItem item, object? details = null)
    {
        change.Audit(action, "watch", item.Id, item.Title, details);
        change.Publish(Topic);
    }

    /// <summary>People of the team that owns a service who have an account.</summary>
    public static Task<List<Guid>> PeopleOfAsync(PortalDbContext db, Guid service, CancellationToken ct) =>
        (from s in db.Services
         join m in db.TeamMembers on s.OwnerTeamId equals m.TeamId
         join p in db.Users on m.PersonId equals p.Id
         where s.Id == service && p.DisabledAt == null
         select p.Id).ToListAsync(ct);

    public static IRuleBuilderOptions<T, string?> MustBeWatchReason<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Say why; it stands in the history.")
            .MaximumLength(WatchItem.LongestReason).WithMessage("A reason has at most 2,000 characters.")
            .Must(t => t is null || !t.Contains('\0', StringComparison.Ordinal)).WithMessage("A reason is text; this contains a character that is none.");
}
