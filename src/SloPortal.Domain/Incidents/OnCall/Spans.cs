using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>Arithmetic of shifts that lie in order and apart from one another.</summary>
internal static class Spans
{
    /// <summary>The upper ones, and of the lower ones what they leave free.</summary>
    public static List<OnCallShift> Over(List<OnCallShift> upper, List<OnCallShift> lower)
    {
        if (upper.Count == 0 || lower.Count == 0)
            return upper.Count == 0 ? lower : upper;
        var result = new List<OnCallShift>(upper.Count + lower.Count);
        var next = 0;
        foreach (var low in lower)
        {
            // One that was added already may reach into this.
            var from = next > 0 && upper[next - 1].To > low.From ? upper[next - 1].To : low.From;
            for (; next < upper.Count && upper[next].From < low.To; next++)
            {
                if (upper[next].From > from)
                    result.Add(low with { From = from, To = upper[next].From });
                result.Add(upper[next]);
                from = upper[next].To > from ? upper[next].To : from;
            }
            if (from < low.To)
                result.Add(low with { From = from });
        }
        result.AddRange(upper.Skip(next));
        return result;
    }

    /// <summary>Of the shifts what lies within the windows; both in order.</summary>
    public static List<OnCallShift> Within(List<OnCallShift> shifts, List<Interval> windows)
    {
        var result = new List<OnCallShift>();
        var first = 0;
        foreach (var shift in shifts)
        {
            while (first < windows.Count && windows[first].End <= shift.From)
                first++;
            for (var i = first; i < windows.Count && windows[i].Start < shift.To; i++)
            {
                if (shift.Stretch.Intersect(windows[i]) is { } both)
                    result.Add(shift with { From = both.Start, To = both.End });
            }
        }
        return result;
    }

    /// <summary>What touches and belongs to one shift of one person becomes one.</summary>
    public static List<OnCallShift> Joined(List<OnCallShift> shifts)
    {
        var result = new List<OnCallShift>(shifts.Count);
        foreach (var shift in shifts)
        {
            if (result.Count > 0 && shift.Continues(result[^1]))
                result[^1] = result[^1] with { To = shift.To };
            else
                result.Add(shift);
        }
        return result;
    }

    /// <summary>What overlaps or touches becomes one; in order.</summary>
    public static List<Interval> Joined(IEnumerable<Interval> windows)
    {
        var result = new List<Interval>();
        foreach (var window in windows.Where(w => !w.IsEmpty).OrderBy(w => w.Start))
        {
            if (result.Count > 0 && window.Start <= result[^1].End)
                result[^1] = new Interval(result[^1].Start, window.End > result[^1].End ? window.End : result[^1].End);
            else
                result.Add(window);
        }
        return result;
    }

    /// <summary>What no shift covers.</summary>
    public static List<Interval> Gaps(IReadOnlyList<OnCallShift> shifts, Interval range)
    {
        var gaps = new List<Interval>();
        var from = range.Start;
        foreach (var shift in shifts)
        {
            if (shift.From > from)
                gaps.Add(new Interval(from, shift.From));
            from = shift.To > from ? shift.To : from;
        }
        if (from < range.End)
            gaps.Add(new Interval(from, range.End));
        return gaps;
    }
}
