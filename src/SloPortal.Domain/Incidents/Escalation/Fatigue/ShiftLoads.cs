using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Domain.Incidents.Escalation.Fatigue;

/// <summary>How many pages a shift brought to whoever had it, over all shifts, also the quiet ones. Each figure is a shift that happened: the nearest rank, rounded up.</summary>
/// <param name="Shifts">Whole ones.</param>
/// <param name="CutOff">Shifts that reach over an end of the span and are left out.</param>
/// <param name="Quiet">Without a page.</param>
/// <param name="Median">Null without a shift, as the others.</param>
public sealed record ShiftLoads(int Shifts, int CutOff, int Quiet, int? Median, int? P90, int? Most)
{
    /// <param name="shifts">Whole ones, of all schedules.</param>
    /// <param name="calls">When pages called a person for the first time, ascending.</param>
    public static ShiftLoads Of(IEnumerable<WholeShift> shifts, int cutOff, ILookup<Guid, DateTimeOffset> calls)
    {
        ArgumentNullException.ThrowIfNull(shifts);
        ArgumentNullException.ThrowIfNull(calls);
        var sorted = calls.ToDictionary(c => c.Key, c => c.Order().ToArray());
        int[] loads = [.. shifts.Select(s => sorted.TryGetValue(s.PersonId, out var times) ? s.Stretches.Sum(part => CountBefore(times, part.End) - CountBefore(times, part.Start)) : 0).Order()];
        return loads.Length == 0
            ? new(0, cutOff, 0, null, null, null)
            : new(loads.Length, cutOff, loads.Count(l => l == 0), Rank(loads, 50), Rank(loads, 90), loads[^1]);
    }

    private static int Rank(int[] sorted, int percent) => sorted[((percent * sorted.Length) + 99) / 100 - 1];

    private static int CountBefore(DateTimeOffset[] sorted, DateTimeOffset bound)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < bound)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
