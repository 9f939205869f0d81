using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Data;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall;

/// <param name="Until">Null where no end is in sight.</param>
public sealed record PersonOnCall(Guid Id, string Name, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>Who is on call by a schedule, and who is next.</summary>
/// <param name="Team">Slug.</param>
/// <param name="Now">Null is a gap.</param>
/// <param name="Next">Who comes on call next; null where nobody is in sight.</param>
/// <param name="NoPage">Whether the account of whoever is on call is closed, so that no page reaches them.</param>
public sealed record ScheduleNow(Guid Id, string Slug, string Name, Guid TeamId, string Team, string TeamName, string TimeZone, PersonOnCall? Now, PersonOnCall? Next, bool NoPage);

/// <summary>A shift that comes, with its schedule.</summary>
public sealed record UpcomingShift(string Schedule, string ScheduleName, Guid TeamId, ShiftRow Shift);

/// <summary>Who is on call everywhere; computed once between two changes, since the top bar of every page shows a part of it.</summary>
public sealed class OnCallBoard(IDbContextFactory<PortalDbContext> contexts, SharedReads shared, TimeProvider clock)
{
    /// <summary>How far ahead the shifts of people are told.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(60);

    private static readonly object nowKey = new { Board = "now" };
    private static readonly object aheadKey = new { Board = "ahead" };

    /// <summary>By team and name. Permission is the caller's to check first.</summary>
    public Task<IReadOnlyList<ScheduleNow>> NowAsync(CancellationToken ct) => shared.GetAsync(nowKey, ReadNowAsync, ct);

    /// <summary>All shifts from now on, in order.</summary>
    public Task<IReadOnlyList<UpcomingShift>> AheadAsync(CancellationToken ct) => shared.GetAsync(aheadKey, ReadAheadAsync, ct);

    private async Task<IReadOnlyList<ScheduleNow>> ReadNowAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNowInMicroseconds();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var schedules = await db.Schedules.AsNoTracking().Where(s => s.ArchivedAt == null).Join(db.Teams, s => s.TeamId, t => t.Id, (s, t) => new { s, t.Slug, t.Name }).OrderBy(r => r.Name).ThenBy(r => r.s.Name).ToListAsync(ct);
        var final = await ScheduleReading.FinalAsync(db, [.. schedules.Select(r => r.s)], new Interval(now.AddDays(-400), now.AddDays(400)), ct);
        var found = schedules.Select(r => (Row: r, Now: final[r.s.Id].At(now), Next: final[r.s.Id].Next(now))).ToList();
        var ids = found.SelectMany(f => new[] { f.Now?.PersonId, f.Next?.PersonId }).OfType<Guid>().Distinct().ToList();
        var people = await db.Users.Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.DisplayName, p.DisabledAt }).ToDictionaryAsync(p => p.Id, ct);
        PersonOnCall? Named(Domain.Incidents.OnCall.OnCallStretch? one) => one is null ? null : new(one.PersonId, people[one.PersonId].DisplayName, one.From, one.Until);
        return [.. found.Select(f => new ScheduleNow(
            f.Row.s.Id, f.Row.s.Slug, f.Row.s.Name, f.Row.s.TeamId, f.Row.Slug, f.Row.Name, f.Row.s.TimeZone, Named(f.Now), Named(f.Next), f.Now is not null && people[f.Now.PersonId].DisabledAt is not null))];
    }

    private async Task<IReadOnlyList<UpcomingShift>> ReadAheadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNowInMicroseconds();
        var range = new Interval(now, now + Ahead);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var schedules = await db.Schedules.AsNoTracking().Where(s => s.ArchivedAt == null).ToListAsync(ct);
        var final = await ScheduleReading.FinalAsync(db, schedules, range, ct);
        var shifts = schedules.SelectMany(s => final[s.Id].Between(range).Select(shift => (Schedule: s, Shift: shift))).OrderBy(r => r.Shift.From).ToList();
        var names = await ScheduleStrip.NamesAsync(db, shifts.Select(r => r.Shift), ct);
        return [.. shifts.Select(r => new UpcomingShift(r.Schedule.Slug, r.Schedule.Name, r.Schedule.TeamId, ScheduleStrip.Row(r.Shift, names)))];
    }
}
