namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>What all points with a count have under the same numbers.</summary>
internal struct OtlpPointHead
{
    /// <summary>DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK: the series ended.</summary>
    private const ulong NoRecordedValue = 1;

    private const ulong NanosecondsPerMillisecond = 1_000_000;

    private ulong _start;
    private ulong _time;

    public ulong Count;
    public double Sum;
    public bool HasSum;
    public ulong Flags;

    /// <summary>Since when it counts, as <see cref="StartOf"/>.</summary>
    public readonly long Start => StartOf(_start, _time);

    /// <summary>Milliseconds since 1970.</summary>
    public readonly long Time => Milliseconds(_time);

    public void Read(ref ProtoReader reader, int field, int wire, int flagsField)
    {
        switch (field, wire)
        {
            case (2, ProtoReader.Fixed64):
                _start = reader.ReadFixed64();
                break;
            case (3, ProtoReader.Fixed64):
                _time = reader.ReadFixed64();
                break;
            case (4, ProtoReader.Fixed64):
                Count = reader.ReadFixed64();
                break;
            case (5, ProtoReader.Fixed64):
                (Sum, HasSum) = (reader.ReadDouble(), true);
                break;
            case (_, ProtoReader.Varint) when field == flagsField:
                Flags = reader.ReadVarint();
                break;
            default:
                reader.Skip();
                break;
        }
    }

    public static bool HasNoValue(ulong flags) => (flags & NoRecordedValue) != 0;

    /// <summary>
    /// Since when a point counts, in milliseconds since 1970. A process that exports at once may have begun within the very millisecond of its
    /// point; it began one earlier then, as zero and the point would be one instant. The same nanosecond means that the sender does not know.
    /// </summary>
    public static long StartOf(ulong start, ulong time) =>
        start < time && Milliseconds(start) == Milliseconds(time) ? Milliseconds(start) - 1 : Milliseconds(start);

    public static long Milliseconds(ulong nanoseconds) => (long)(nanoseconds / NanosecondsPerMillisecond);
}
