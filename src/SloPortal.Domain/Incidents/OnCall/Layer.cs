namespace SloPortal.Domain.Incidents.OnCall;

public enum ShiftUnit
{
    Hours,
    Days,
    Weeks,
}

/// <summary>
/// People who take turns. Shift number k runs from the first hand-off plus k lengths to the next, by the wall clock of the zone, and belongs
/// to person k modulo their number. Lengths are wall-clock time too, so that shifts of 12 hours keep their hand-offs at eight and twenty when
/// clocks change; one of them is then an hour longer or shorter.
/// </summary>
/// <param name="Every">How many units a shift takes; at least 1.</param>
/// <param name="FirstDay">The day on which shift number 0 begins.</param>
/// <param name="HandOff">The time of day of every hand-off, or of the first where shifts are hours.</param>
/// <param name="People">In the order in which they take turns; somebody may be in it twice.</param>
/// <param name="Hours">When anybody of the rotation is on call at all; empty is always.</param>
public sealed record Rotation(ShiftUnit Unit, int Every, DateOnly FirstDay, TimeOnly HandOff, IReadOnlyList<Guid> People, IReadOnlyList<WeeklyHours> Hours)
{
    /// <summary>On the wall clock.</summary>
    public DateTime First => FirstDay.ToDateTime(HandOff);

    public TimeSpan Length => Every * Unit switch
    {
        ShiftUnit.Hours => TimeSpan.FromHours(1),
        ShiftUnit.Days => TimeSpan.FromDays(1),
        ShiftUnit.Weeks => TimeSpan.FromDays(7),
        _ => throw new InvalidOperationException($"Unknown unit {Unit}."),
    };

    public Guid PersonOf(long index) => People[(int)(index % People.Count)];

    /// <summary>
    /// Whether shift number k of this is shift number k of the other, perhaps handed over at another time: the same people in the same order take
    /// turns of the same length, and the first hand-off moved by less than a shift.
    /// </summary>
    public bool HasSameShiftsAs(Rotation other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Unit == other.Unit && Every == other.Every && People.SequenceEqual(other.People) && (First - other.First).Duration() < Length;
    }

    public bool Equals(Rotation? other) =>
        other is not null && Unit == other.Unit && Every == other.Every && First == other.First && People.SequenceEqual(other.People) && Hours.SequenceEqual(other.Hours);

    public override int GetHashCode() => HashCode.Combine(Unit, Every, First, People.Count, Hours.Count);
}

/// <summary>A layer as people write it; its place in the list is its rank.</summary>
/// <param name="Id">Of the layer that this changes; null for a new one.</param>
public sealed record LayerPlan(Guid? Id, string Name, Rotation Rotation);

/// <summary>
/// A layer of a schedule for a stretch of time. What was in force stays as it was: a change ends this stretch and begins another, which keeps
/// the <paramref name="Id"/> where its shifts are the same ones, so that what was agreed about a shift goes with it.
/// </summary>
/// <param name="Id">Shared by all stretches whose shifts are counted alike.</param>
/// <param name="TimeZone">IANA id of the wall clock.</param>
/// <param name="Rank">0 wins over 1.</param>
/// <param name="Until">Exclusive; null while no change is known.</param>
/// <param name="Replaces">The layer after which it came.</param>
public sealed record Layer(Guid Id, string Name, Rotation Rotation, string TimeZone, int Rank, DateTimeOffset From, DateTimeOffset? Until = null, Guid? Replaces = null);
