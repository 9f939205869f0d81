using System.Buffers.Binary;
using System.IO.Hashing;

namespace SloPortal.Application.Measurement.Ingest.Log;

/// <summary>
/// The frame around what is stored in the log and in checkpoints: a version byte, a byte for the kind, eight bytes of XxHash3
/// over all that follows, then the content. A row that was cut off or changed is found before any of it is used.
/// </summary>
internal static class PayloadFrame
{
    public const byte LogKind = (byte)'L';
    public const byte CheckpointKind = (byte)'C';

    private const byte Version = 1;
    private const int HeaderBytes = 2 + sizeof(ulong);

    /// <summary>How long the frame is with its content.</summary>
    public static int Length(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => HeaderBytes + first.Length + second.Length;

    /// <summary>Writes the frame around both parts; <paramref name="framed"/> is as long as <see cref="Length"/> says.</summary>
    public static void Wrap(byte kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> framed)
    {
        framed[0] = Version;
        framed[1] = kind;
        first.CopyTo(framed[HeaderBytes..]);
        second.CopyTo(framed[(HeaderBytes + first.Length)..]);
        BinaryPrimitives.WriteUInt64LittleEndian(framed[2..], XxHash3.HashToUInt64(framed[HeaderBytes..], kind));
    }

    /// <exception cref="InvalidDataException">The payload is of another version or kind, or damaged.</exception>
    public static ReadOnlySpan<byte> Unwrap(byte kind, ReadOnlySpan<byte> framed)
    {
        var what = kind == LogKind ? "ingest log row" : "ingest checkpoint";
        if (framed.Length < HeaderBytes)
        {
            throw new InvalidDataException($"The {what} is cut off: it has {framed.Length} bytes.");
        }

        if (framed[0] != Version)
        {
            throw new InvalidDataException($"The {what} has version {framed[0]}; this portal reads version {Version}.");
        }

        if (framed[1] != kind)
        {
            throw new InvalidDataException($"The {what} is of another kind.");
        }

        var content = framed[HeaderBytes..];
        if (BinaryPrimitives.ReadUInt64LittleEndian(framed[2..]) != XxHash3.HashToUInt64(content, kind))
        {
            throw new InvalidDataException($"The {what} is damaged: its checksum does not agree with its content.");
        }

        return content;
    }
}
