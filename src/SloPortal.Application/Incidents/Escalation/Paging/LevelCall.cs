using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>Somebody whom a level calls, and by which ways.</summary>
internal sealed record Called(Guid Id, string Name, IReadOnlyList<ContactMethod> Ways);

/// <summary>Whom a level reaches at a moment.</summary>
/// <param name="Gap">Sentences about targets that reach nobody; null where all do.</param>
internal sealed record LevelCall(IReadOnlyList<Called> People, string? Gap)
{
    public static async Task<LevelCall> ReadAsync(PortalDbContext db, EscalationLevel level, DateTimeOffset now, CancellationToken ct)
    {
        var schedules = level.Targets.Where(t => t.Kind == EscalationTargetKind.Schedule).Select(t => t.Id).ToList();
        var named = level.Targets.Where(t => t.Kind == EscalationTargetKind.Person).Select(t => t.Id).ToList();
        var onCall = await OnCallPeople.AtAsync(db, schedules, now, ct);
        var gaps = onCall.Where(s => s.Value.Count == 0).Select(s => s.Key).ToList();
        var empty = await db.Schedules.Where(s => gaps.Contains(s.Id)).Select(s => s.Name).ToListAsync(ct);
        var ids = named.Concat(onCall.Values.SelectMany(p => p)).Distinct().ToList();
        var people = await db.Users.Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.DisplayName, IsOpen = u.DisabledAt == null }).ToListAsync(ct);
        var ways = (await db.ContactMethods.AsNoTracking().Where(c => ids.Contains(c.PersonId) && c.RemovedAt == null).ToListAsync(ct)).ToLookup(c => c.PersonId);
        List<string> sentences =
        [
            .. empty.Select(name => $"Nobody is on call in {name}."),
            .. people.Where(p => !p.IsOpen).Select(p => $"{p.DisplayName} has no account any more."),
        ];
        return new(
            [.. ids.Select(id => people.Find(p => p.Id == id)).Where(p => p is { IsOpen: true }).Select(p => new Called(p!.Id, p.DisplayName, [.. ways[p.Id].OrderBy(w => w.DelayMinutes)]))],
            sentences.Count == 0 ? null : string.Join(" ", sentences));
    }
}
