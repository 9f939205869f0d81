using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Shifts;

/// <summary>The name of a shift: its layer and its number there.</summary>
public sealed record ShiftName(Guid Layer, long Index);

/// <summary>What is left of a shift, and who has it.</summary>
internal sealed record ShiftLeft(ShiftName Name, Guid HolderId, string Holder, Interval Left);

internal static class ShiftToChange
{
    /// <summary>What is left of the shift; refused where it is over or does not come any more.</summary>
    public static async Task<Outcome<ShiftLeft>> FindAsync(Change change, Schedule schedule, FinalSchedule final, ShiftName name, CancellationToken ct)
    {
        var stretches = final.OfShift(name.Layer, name.Index);
        if (stretches.Count == 0)
            return Refusal.NotFound("This shift");
        var left = stretches.Where(s => s.To > change.Now).ToList();
        if (left.Count == 0)
            return Refusal.Conflict($"This shift is over; who had it stays on record. Choose a later one of {schedule.Name}.");
        var holder = left[^1].PersonId;
        var start = left[0].From > change.Now ? left[0].From : change.Now;
        return new ShiftLeft(name, holder, await change.Db.Users.Where(p => p.Id == holder).Select(p => p.DisplayName).SingleAsync(ct), new Interval(start, left[^1].To));
    }

    public static async Task<FinalSchedule> FinalAsync(Change change, Schedule schedule, CancellationToken ct) =>
        (await ScheduleReading.FinalAsync(change.Db, [schedule], new Interval(change.Now, change.Now.AddYears(10)), ct))[schedule.Id];

    public static void Add(Change change, Schedule schedule, ShiftLeft shift, Guid to, string? reason) =>
        change.Db.ShiftSwaps.Add(new ShiftSwap(Guid.CreateVersion7(change.Now), schedule.Id, shift.Name.Layer, shift.Name.Index, to, shift.HolderId, change.Now,
            change.Actor.Kind == ActorKind.System ? null : change.Actor.PersonId, change.Actor.Name, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim()));

    /// <summary>"Mon 2 Nov, 09:00" by the clock of the schedule, for notices, which people read in one zone.</summary>
    public static string Moment(DateTimeOffset at, Schedule schedule) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone)).ToString("ddd d MMM, HH:mm", System.Globalization.CultureInfo.InvariantCulture) + $" ({schedule.TimeZone})";
}
