using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>A segment that the writer makes with a group.</summary>
/// <param name="Id">What it is counted under.</param>
/// <param name="SplitId">Of which split.</param>
/// <param name="SliId">Of which SLI.</param>
/// <param name="Values">The values of the split's labels; none where it holds those beyond the cap.</param>
/// <param name="IsOther">Whether it holds those beyond the cap.</param>
public sealed record NewSegment(int Id, int SplitId, int SliId, string[] Values, bool IsOther);

/// <summary>The number that the next new segment gets; all splits of a table share it.</summary>
public sealed class SegmentNumbers
{
    /// <summary>One more than the largest that was ever stored.</summary>
    public int Next { get; private set; } = SliSegment.FirstId;

    /// <summary>Goes beyond a number that is stored.</summary>
    public void Pass(int stored) => Next = Math.Max(Next, checked(stored + 1));

    internal int Take() => Next++;
}

/// <summary>One split as the writer counts by it: which values have a segment, and which numbers those have.</summary>
/// <remarks>
/// A segment is looked for when a series is linked, and gets its number with its first event, from whoever then writes. Segments are never removed, so
/// once the cap is reached it stays reached, and every portal that has read the same log gives the same values to what is counted together.
/// </remarks>
public sealed class SplitSegments(int splitId, int sliId, string[] labels, int cap, SegmentNumbers numbers)
{
    private readonly Dictionary<(string, string?), Segment> _byValues = [];
    private Segment? _other;
    private int _own;

    /// <summary>The split.</summary>
    public int SplitId => splitId;

    /// <summary>Makes a stored segment known.</summary>
    public void Restore(int id, string[] values, bool isOther)
    {
        numbers.Pass(id);
        var segment = isOther ? Other : OfValues((values[0], values.Length > 1 ? values[1] : null), values);
        _own += isOther || segment.Id != 0 ? 0 : 1;
        segment.Id = id;
    }

    /// <summary>The segment of a series with these labels; one for all with the same values.</summary>
    internal Segment Of(LabelSet of)
    {
        var values = (of[labels[0]], labels.Length > 1 ? of[labels[1]] : null);
        return _byValues.TryGetValue(values, out var known) ? known
            : _own >= cap ? Other
            : OfValues(values, values.Item2 is { } second ? [values.Item1, second] : [values.Item1]);
    }

    /// <summary>The number of a segment that has none yet; it is stored with the group.</summary>
    internal int Make(Segment segment, IngestGroup group)
    {
        if (segment != _other && _own >= cap)
        {
            return Other.NumberIn(group);
        }

        _own += segment == _other ? 0 : 1;
        var id = numbers.Take();
        group.NewSegments.Add(new NewSegment(id, splitId, sliId, segment.Values, segment == _other));
        return id;
    }

    private Segment Other => _other ??= new Segment(this, []);

    private Segment OfValues((string, string?) key, string[] values)
    {
        if (!_byValues.TryGetValue(key, out var segment))
        {
            _byValues.Add(key, segment = new Segment(this, values));
        }

        return segment;
    }
}

/// <summary>A segment, equal to itself alone.</summary>
internal sealed class Segment(SplitSegments split, string[] values)
{
    /// <summary>0 while it has counted nothing.</summary>
    public int Id { get; set; }

    public string[] Values => values;

    /// <summary>What it is counted under; one that has no number yet is made with the group.</summary>
    public int NumberIn(IngestGroup group) => Id != 0 ? Id : Id = split.Make(this, group);
}
