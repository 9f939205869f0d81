using System.Runtime.CompilerServices;

namespace SloPortal.Domain.Measurement;

/// <summary>
/// The last four samples of a series, and the rule that turns samples into increases: an increase belongs to the minute of the
/// later of its two samples; a fall is a reset and adds the new value; the first sample adds nothing. A sample may come up to three
/// places late: what was counted across its gap is then taken back and counted as the two parts, so that the sum by minute is that of
/// the samples in order.
/// </summary>
/// <remarks>A mutable struct of 72 bytes, kept in arrays; it allocates nothing. Timestamps are milliseconds since 1970.</remarks>
public struct SeriesHistory : IEquatable<SeriesHistory>
{
    /// <summary>How many samples are kept.</summary>
    public const int Capacity = 4;

    private Times _times;
    private Values _values;
    private int _count;

    /// <summary>How many samples are kept now, from 0 to <see cref="Capacity"/>.</summary>
    public readonly int Count => _count;

    /// <summary>The timestamp of a kept sample; 0 is the oldest.</summary>
    public readonly long TimeAt(int index) => _times[index];

    /// <summary>The value of a kept sample; 0 is the oldest.</summary>
    public readonly double ValueAt(int index) => _values[index];

    /// <summary>Takes a sample and says what follows from it.</summary>
    /// <param name="time">Milliseconds since 1970.</param>
    /// <param name="value">A finite value, not negative for a counter.</param>
    /// <param name="increases">
    /// Receives the increases; at least <see cref="MaxIncreases"/> long. What a sample adds includes increases of zero: they say that
    /// there was data.
    /// </param>
    /// <param name="increaseCount">How many increases were written.</param>
    public SampleVerdict Take(long time, double value, Span<MinuteIncrease> increases, out int increaseCount)
    {
        if (_count == 0)
        {
            Append(time, value);
            increaseCount = 0;
            return SampleVerdict.Started;
        }

        var newest = _times[_count - 1];
        if (time > newest)
        {
            increases[0] = new MinuteIncrease(UnixMinute.Of(time), Rise(_values[_count - 1], value));
            increaseCount = 1;
            Append(time, value);
            return SampleVerdict.Increased;
        }

        return TakeLate(time, value, increases, out increaseCount);
    }

    /// <summary>
    /// Takes a sample of a series of deltas, which is an increase by itself, in any order: the four newest are only kept to know one
    /// that is sent again. What is older than all four may have been counted, and is refused.
    /// </summary>
    public SampleVerdict TakeDelta(long time, double amount, Span<MinuteIncrease> increases, out int increaseCount)
    {
        increaseCount = 0;
        var place = PlaceOf(time);
        if (place > 0 && _times[place - 1] == time)
        {
            return _values[place - 1] == amount ? SampleVerdict.Duplicate : SampleVerdict.Conflict;
        }

        if (place == 0 && _count == Capacity)
        {
            return SampleVerdict.TooLate;
        }

        increases[increaseCount++] = new MinuteIncrease(UnixMinute.Of(time), amount);
        Insert(place, time, amount);
        return place == _count - 1 ? SampleVerdict.Increased : SampleVerdict.LateButFits;
    }

    /// <summary>The most increases that one sample can cause.</summary>
    public const int MaxIncreases = 3;

    /// <summary>Puts back samples that were stored, oldest first.</summary>
    /// <exception cref="InvalidOperationException">The history is full, or the sample is not newer than the last one.</exception>
    public void Restore(long time, double value)
    {
        if (_count == Capacity || (_count > 0 && time <= _times[_count - 1]))
        {
            throw new InvalidOperationException("Stored samples must be in order and at most four.");
        }

        Append(time, value);
    }

    /// <summary>What a counter rose by from one sample to the next: after a fall it started again from zero.</summary>
    public static double Rise(double earlier, double later) => later >= earlier ? later - earlier : later;

    private SampleVerdict TakeLate(long time, double value, Span<MinuteIncrease> increases, out int increaseCount)
    {
        increaseCount = 0;
        var place = PlaceOf(time);
        if (place > 0 && _times[place - 1] == time)
        {
            return _values[place - 1] == value ? SampleVerdict.Duplicate : SampleVerdict.Conflict;
        }

        if (place == 0 && _count == Capacity)
        {
            return SampleVerdict.TooLate;
        }

        // A place is never the last one here, so there is always a sample after it.
        var after = UnixMinute.Of(_times[place]);
        if (place > 0)
        {
            increases[increaseCount++] = new MinuteIncrease(after, -Rise(_values[place - 1], _values[place]));
            increases[increaseCount++] = new MinuteIncrease(UnixMinute.Of(time), Rise(_values[place - 1], value));
        }

        increases[increaseCount++] = new MinuteIncrease(after, Rise(value, _values[place]));
        Insert(place, time, value);
        return SampleVerdict.LateButFits;
    }

    /// <summary>How many of the kept samples are not newer.</summary>
    private readonly int PlaceOf(long time)
    {
        var place = _count;
        while (place > 0 && _times[place - 1] > time)
        {
            place--;
        }

        return place;
    }

    private void Append(long time, double value)
    {
        if (_count == Capacity)
        {
            DropOldest();
        }

        _times[_count] = time;
        _values[_count] = value;
        _count++;
    }

    private void Insert(int place, long time, double value)
    {
        if (_count == Capacity)
        {
            DropOldest();
            place--;
        }

        for (var i = _count; i > place; i--)
        {
            _times[i] = _times[i - 1];
            _values[i] = _values[i - 1];
        }

        _times[place] = time;
        _values[place] = value;
        _count++;
    }

    // Written out, since every sample comes by here and a loop checks each index.
    private void DropOldest()
    {
        (_times[0], _times[1], _times[2]) = (_times[1], _times[2], _times[3]);
        (_values[0], _values[1], _values[2]) = (_values[1], _values[2], _values[3]);
        _count--;
    }

    /// <inheritdoc />
    public readonly bool Equals(SeriesHistory other)
    {
        if (_count != other._count)
        {
            return false;
        }

        for (var i = 0; i < _count; i++)
        {
            if (_times[i] != other._times[i] || !_values[i].Equals(other._values[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override readonly bool Equals(object? obj) => obj is SeriesHistory other && Equals(other);

    /// <inheritdoc />
    public override readonly int GetHashCode() =>
        _count == 0 ? 0 : HashCode.Combine(_count, _times[_count - 1], _values[_count - 1]);

    /// <summary>Whether both hold the same samples.</summary>
    public static bool operator ==(SeriesHistory left, SeriesHistory right) => left.Equals(right);

    /// <summary>Whether they hold different samples.</summary>
    public static bool operator !=(SeriesHistory left, SeriesHistory right) => !left.Equals(right);

    [InlineArray(Capacity)]
    private struct Times
    {
        private long _first;
    }

    [InlineArray(Capacity)]
    private struct Values
    {
        private double _first;
    }
}
