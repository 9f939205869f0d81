using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Schedules;

public sealed record PersonName(Guid Id, string Name);

/// <param name="To">Exclusive.</param>
/// <param name="LayerId">With <paramref name="Index"/> the name of the shift; null for an override.</param>
/// <param name="InsteadOf">Who gave the shift away, for a swap.</param>
public sealed record ShiftRow(DateTimeOffset From, DateTimeOffset To, Guid PersonId, string Person, OnCallBy By, Guid? LayerId, long? Index, string? InsteadOf, Guid? OverrideId);

/// <summary>When nobody is on call.</summary>
public sealed record GapRow(DateTimeOffset From, DateTimeOffset To);

public sealed record LayerRow(string Name, IReadOnlyList<ShiftRow> Shifts);

/// <summary>A stretch of a schedule: each layer by itself, the overrides, and what comes of them.</summary>
public sealed record ScheduleStrip(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<LayerRow> Layers, IReadOnlyList<ShiftRow> Overrides, IReadOnlyList<ShiftRow> Final, IReadOnlyList<GapRow> Gaps)
{
    internal static async Task<ScheduleStrip> OfAsync(PortalDbContext db, FinalSchedule schedule, Interval range, CancellationToken ct)
    {
        var (layers, overrides, final) = (schedule.ByLayer(range), schedule.Overrides(range), schedule.Between(range));
        var names = await NamesAsync(db, layers.SelectMany(l => l.Shifts).Concat(overrides).Concat(final), ct);
        List<ShiftRow> Rows(IEnumerable<OnCallShift> shifts) => [.. shifts.Select(s => Row(s, names))];
        return new ScheduleStrip(range.Start, range.End, [.. layers.Select(l => new LayerRow(l.Name, Rows(l.Shifts)))], Rows(overrides), Rows(final), [.. schedule.Gaps(range).Select(g => new GapRow(g.Start, g.End))]);
    }

    internal static Task<Dictionary<Guid, string>> NamesAsync(PortalDbContext db, IEnumerable<OnCallShift> shifts, CancellationToken ct)
    {
        var ids = shifts.SelectMany(s => new[] { s.PersonId, s.InsteadOf ?? s.PersonId }).Distinct().ToList();
        return db.Users.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct);
    }

    internal static ShiftRow Row(OnCallShift s, Dictionary<Guid, string> names) =>
        new(s.From, s.To, s.PersonId, names.GetValueOrDefault(s.PersonId, "somebody"), s.By, s.LayerId, s.Index, s.InsteadOf is { } other ? names.GetValueOrDefault(other, "somebody") : null, s.OverrideId);
}
