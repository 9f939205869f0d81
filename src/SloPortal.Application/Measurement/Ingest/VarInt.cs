using System.Numerics;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>The variable-length integers of Protocol Buffers: seven bits a byte, least significant first.</summary>
internal static class VarInt
{
    /// <summary>The most bytes that one takes.</summary>
    public const int MaxLength = 10;

    /// <summary>The bytes that <paramref name="value"/> takes.</summary>
    public static int Length(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    /// <summary>Writes and gives the number of bytes.</summary>
    public static int Write(Span<byte> to, ulong value)
    {
        var at = 0;
        while (value >= 0x80)
        {
            to[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        to[at++] = (byte)value;
        return at;
    }

    /// <summary>Reads at <paramref name="at"/> and moves it on. False when the bytes end or it is longer than 64 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, ref int at, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && (uint)at < (uint)from.Length; shift += 7)
        {
            var b = from[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                // The tenth byte holds the last bit alone.
                return shift < 63 || b <= 1;
            }
        }

        return false;
    }

    /// <summary>Folds the sign into the lowest bit, so that small negative numbers stay short.</summary>
    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    /// <summary>Undoes <see cref="ZigZag"/>.</summary>
    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
