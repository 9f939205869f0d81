using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>
/// Who is on call when: overrides before layers, higher layers before lower ones, a swap within its layer. It goes from one hand-off to the
/// next, so that its cost follows the number of hand-offs and not the length of time.
/// </summary>
public sealed class FinalSchedule
{
    /// <summary>How far it looks for the end of a stretch and for who comes next, one after the other.</summary>
    private static readonly TimeSpan[] Horizons = [TimeSpan.FromDays(8), TimeSpan.FromDays(60), TimeSpan.FromDays(400)];

    /// <summary>No shift that anybody names begins later.</summary>
    private static readonly DateTime Latest = new(2200, 1, 1);

    private readonly IReadOnlyList<Layer> layers;
    private readonly ILookup<(Guid, long), ShiftSwap> swaps;
    private readonly List<ShiftOverride> overrides;

    public FinalSchedule(IReadOnlyList<Layer> layers, IEnumerable<ShiftSwap> swaps, IEnumerable<ShiftOverride> overrides)
    {
        this.layers = layers;
        this.swaps = swaps.OrderBy(s => s.At).ThenBy(s => s.Id).ToLookup(s => (s.LayerId, s.Index));
        // The newest first: where two should overlap, it counts.
        this.overrides = [.. overrides.OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id)];
    }

    /// <summary>In order and apart; what lies across an end of the range is cut there.</summary>
    public IReadOnlyList<OnCallShift> Between(Interval range)
    {
        var result = OverridesOf(range);
        foreach (var rank in layers.GroupBy(l => l.Rank).OrderBy(g => g.Key))
            result = Spans.Over(result, OfLayers(rank, range));
        return Spans.Joined(result);
    }

    /// <summary>When nobody is on call.</summary>
    public IReadOnlyList<Interval> Gaps(Interval range) => Spans.Gaps(Between(range), range);

    /// <summary>What each layer says by itself, the highest first, without those above it.</summary>
    public IReadOnlyList<(int Rank, string Name, IReadOnlyList<OnCallShift> Shifts)> ByLayer(Interval range) =>
        [.. layers.GroupBy(l => l.Rank).OrderBy(g => g.Key).Select(rank => (rank.Key, rank.Last().Name, (IReadOnlyList<OnCallShift>)Spans.Joined(OfLayers(rank, range))))
            .Where(row => row.Item3.Count > 0)];

    public IReadOnlyList<OnCallShift> Overrides(Interval range) => Spans.Joined(OverridesOf(range));

    /// <summary>The stretches of one shift, as its layer has them; empty where there is no such shift any more.</summary>
    public IReadOnlyList<OnCallShift> OfShift(Guid layerId, long index)
    {
        var found = new List<OnCallShift>();
        foreach (var layer in layers.Where(l => l.Id == layerId && index >= 0))
        {
            var (clock, rotation) = (ZoneClock.Of(layer.TimeZone), layer.Rotation);
            if (index > (Latest - rotation.First) / rotation.Length)
                continue;
            var start = rotation.First + index * rotation.Length;
            var whole = new Interval(clock.Reaches(start), clock.Reaches(start + rotation.Length));
            found.AddRange(LayerShifts.Of(layer, swaps, whole).Where(s => s.Index == index));
        }
        return Spans.Joined([.. found.OrderBy(s => s.From)]);
    }

    /// <summary>The shifts that lie within the range with their beginning and their end, and how many reach over one of its ends.</summary>
    public (IReadOnlyList<WholeShift> Shifts, int CutOff) WholeWithin(Interval range)
    {
        var shifts = Between(range).GroupBy(s => (s.LayerId, s.Index, s.OverrideId, s.PersonId)).ToLookup(g => IsWithin(g.First(), range));
        return ([.. shifts[true].Select(g => new WholeShift(g.Key.PersonId, [.. g.Select(s => s.Stretch)]))], shifts[false].Count());
    }

    /// <summary>Null is a gap.</summary>
    public Guid? PersonAt(DateTimeOffset instant) => Between(new Interval(instant, instant.AddTicks(1))) is [{ } shift] ? shift.PersonId : null;

    /// <summary>Who is on call and how long they stay so; null is a gap.</summary>
    public OnCallStretch? At(DateTimeOffset instant)
    {
        if (PersonAt(instant) is null)
            return null;
        foreach (var horizon in Horizons)
        {
            var range = new Interval(instant - horizon, instant + horizon);
            var stretch = Stretches(Between(range)).First(s => s.From <= instant && instant < s.Until);
            var shift = Between(range).First(s => s.From <= instant && instant < s.To);
            if (stretch.Until < range.End)
                return stretch with { Shift = shift };
            if (horizon == Horizons[^1])
                return stretch with { Shift = shift, Until = null };
        }
        return null;
    }

    /// <summary>The next time that somebody comes on call who is not at the instant; null where none is in sight.</summary>
    public OnCallStretch? Next(DateTimeOffset instant)
    {
        var present = PersonAt(instant);
        foreach (var horizon in Horizons)
        {
            var range = new Interval(instant, instant + horizon);
            var next = Stretches(Between(range)).FirstOrDefault(s => s.From > instant && s.PersonId != present);
            if (next is not null && (next.Until < range.End || horizon == Horizons[^1]))
                return next.Until < range.End ? next : next with { Until = null };
        }
        return null;
    }

    /// <summary>What follows one another without a gap and belongs to one person becomes one.</summary>
    private static List<OnCallStretch> Stretches(IReadOnlyList<OnCallShift> shifts)
    {
        var result = new List<OnCallStretch>();
        foreach (var shift in shifts)
        {
            if (result.Count > 0 && result[^1] is var last && last.Until == shift.From && last.PersonId == shift.PersonId)
                result[^1] = last with { Until = shift.To };
            else
                result.Add(new OnCallStretch(shift.PersonId, shift.From, shift.To, shift));
        }
        return result;
    }

    private bool IsWithin(OnCallShift shift, Interval range)
    {
        if (shift.OverrideId is { } id)
            return overrides.Where(o => o.Id == id).All(o => range.Intersect(o.Stretch) == o.Stretch);
        // A layer that was changed has the shift in several parts; each must lie within.
        return layers.Where(l => l.Id == shift.LayerId).All(layer =>
        {
            var (clock, start) = (ZoneClock.Of(layer.TimeZone), layer.Rotation.First + (shift.Index!.Value * layer.Rotation.Length));
            var whole = new Interval(clock.Reaches(start), clock.Reaches(start + layer.Rotation.Length)).Intersect(new Interval(layer.From, layer.Until ?? DateTimeOffset.MaxValue));
            return whole is null || range.Intersect(whole.Value) == whole;
        });
    }

    private List<OnCallShift> OfLayers(IEnumerable<Layer> ofOneRank, Interval range)
    {
        var result = new List<OnCallShift>();
        foreach (var layer in ofOneRank)
            result = Spans.Over(result, LayerShifts.Of(layer, swaps, range));
        return result;
    }

    private List<OnCallShift> OverridesOf(Interval range)
    {
        var result = new List<OnCallShift>();
        foreach (var one in overrides)
        {
            if (one.Stretch.Intersect(range) is { } within)
                result = Spans.Over(result, [new OnCallShift(within.Start, within.End, one.PersonId, OnCallBy.Override, OverrideId: one.Id)]);
        }
        return result;
    }
}
