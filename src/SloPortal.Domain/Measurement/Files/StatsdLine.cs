using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace SloPortal.Domain.Measurement.Files;

/// <summary>What a StatsD line carries.</summary>
public enum StatsdKind
{
    /// <summary><c>|c</c>: so many events.</summary>
    Counter,

    /// <summary><c>|ms</c>, <c>|h</c> or <c>|d</c>: one event that took so long.</summary>
    Timer,

    /// <summary><c>|g</c> or <c>|s</c>: nothing that counts.</summary>
    Other,
}

/// <summary>
/// One line of a StatsD packet, <c>name:value|type|@rate|#tags</c>. Read by span, without an allocation, safe for any bytes. Format:
/// github.com/statsd/statsd, docs/metric_types.md, with the tags of DogStatsD, which are passed over.
/// </summary>
public readonly ref struct StatsdLine
{
    private StatsdLine(ReadOnlySpan<byte> name, StatsdKind kind, double value, double rate)
    {
        Name = name;
        Kind = kind;
        Value = value;
        Rate = rate;
    }

    public ReadOnlySpan<byte> Name { get; }
    public StatsdKind Kind { get; }
    public double Value { get; }
    public double Rate { get; }

    /// <summary>Events that the line stands for.</summary>
    public double Events => (Kind == StatsdKind.Counter ? Value : 1) / Rate;

    /// <summary>Reads a line without its end, or says what is wrong with it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out StatsdLine read, [NotNullWhen(false)] out string? problem)
    {
        read = default;
        var colon = line.IndexOf((byte)':');
        var bar = line.IndexOf((byte)'|');
        if (colon < 1 || bar < colon + 2)
            return Refuse("A line is a name, a colon, a value, a bar and a type.", out problem);
        if (colon > 200)
            return Refuse("A name has at most 200 characters.", out problem);
        var rest = line[(bar + 1)..];
        var end = rest.IndexOf((byte)'|');
        var type = end < 0 ? rest : rest[..end];
        StatsdKind? kind = type.SequenceEqual("c"u8) ? StatsdKind.Counter
            : type.SequenceEqual("ms"u8) || type.SequenceEqual("h"u8) || type.SequenceEqual("d"u8) ? StatsdKind.Timer
            : type.SequenceEqual("g"u8) || type.SequenceEqual("s"u8) ? StatsdKind.Other : null;
        if (kind is null)
            return Refuse("The type is none of c, ms, h, d, g and s.", out problem);
        var rate = 1.0;
        while (end >= 0)
        {
            rest = rest[(end + 1)..];
            end = rest.IndexOf((byte)'|');
            var part = end < 0 ? rest : rest[..end];
            if (part.Length > 0 && part[0] == (byte)'@' && (!TryNumber(part[1..], out rate) || rate is <= 0 or > 1))
                return Refuse("A sample rate is above 0 and at most 1.", out problem);
        }
        var text = line[(colon + 1)..bar];
        var value = 0.0;
        if (kind != StatsdKind.Other && (!TryNumber(text, out value) || value < 0 || value > 1L << 53))
            return Refuse("The value is no number that can be counted.", out problem);
        // Sampled so thinly that one line would stand for more events than can be counted exactly.
        if (value / rate > 1L << 53)
            return Refuse("The value is no number that can be counted.", out problem);
        read = new StatsdLine(line[..colon], kind.Value, value, rate);
        problem = null;
        return true;
    }

    private static bool Refuse(string sentence, out string? problem)
    {
        problem = sentence;
        return false;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out double number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && double.IsFinite(number);
}
