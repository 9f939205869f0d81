using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>The shifts of one layer, from one hand-off to the next.</summary>
internal static class LayerShifts
{
    /// <param name="swaps">By layer and number of the shift, in the order of their moments.</param>
    /// <returns>In order and apart, within the range and the time of the layer.</returns>
    public static List<OnCallShift> Of(Layer layer, ILookup<(Guid, long), ShiftSwap> swaps, Interval range)
    {
        var inForce = new Interval(layer.From, layer.Until ?? DateTimeOffset.MaxValue);
        if (layer.Rotation.People.Count == 0 || range.Intersect(inForce) is not { } within)
            return [];
        var (clock, first, length) = (ZoneClock.Of(layer.TimeZone), layer.Rotation.First, layer.Rotation.Length);
        var shifts = new List<OnCallShift>();
        var index = Math.Max(0, (long)Math.Floor((clock.Wall(within.Start) - first) / length));
        var from = clock.Reaches(first + index * length);
        while (from < within.End)
        {
            var to = clock.Reaches(first + (index + 1) * length);
            if (from < to && new Interval(from, to).Intersect(within) is { } shift)
                AddParts(shifts, layer, index, shift, swaps[(layer.Id, index)]);
            (from, index) = (to, index + 1);
        }
        return layer.Rotation.Hours.Count == 0 ? shifts : Spans.Within(shifts, Windows(layer.Rotation.Hours, clock, within));
    }

    // Who took the shift when part of it was over has the rest of it.
    private static void AddParts(List<OnCallShift> shifts, Layer layer, long index, Interval shift, IEnumerable<ShiftSwap> swaps)
    {
        var part = new OnCallShift(shift.Start, shift.End, layer.Rotation.PersonOf(index), OnCallBy.Layer, layer.Id, index);
        foreach (var swap in swaps.TakeWhile(s => s.At < shift.End))
        {
            if (swap.At > part.From)
                shifts.Add(part with { To = swap.At });
            var from = swap.At > part.From ? swap.At : part.From;
            // Who got their own shift back has it as if nothing had been.
            part = swap.PersonId == layer.Rotation.PersonOf(index)
                ? new OnCallShift(from, shift.End, swap.PersonId, OnCallBy.Layer, layer.Id, index)
                : new OnCallShift(from, shift.End, swap.PersonId, OnCallBy.Swap, layer.Id, index, swap.InsteadOf);
        }
        shifts.Add(part);
    }

    /// <summary>The hours of each day that touches the range, as instants, in order and apart.</summary>
    public static List<Interval> Windows(IReadOnlyList<WeeklyHours> hours, ZoneClock clock, Interval range)
    {
        var found = new List<Interval>();
        // A day before, for hours over midnight and for a clock that is set back, and one after.
        var last = DateOnly.FromDateTime(clock.Wall(range.End)).AddDays(1);
        for (var day = DateOnly.FromDateTime(clock.Wall(range.Start)).AddDays(-2); day <= last; day = day.AddDays(1))
        {
            foreach (var span in hours.Where(h => h.Days.Contains(day.DayOfWeek)))
            {
                var opens = day.ToDateTime(span.From);
                found.Add(new Interval(clock.Reaches(opens), clock.Reaches(opens + span.Length)));
            }
        }
        return Spans.Joined(found);
    }
}
