namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>What all points with a count have under the same numbers.</summary>
internal struct OtlpPointHead
{
    /// <summary>DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK: the series ended.</summary>
    private const ulong NoRecordedValue = 1;

    private const ulong NanosecondsPerMillisecond = 1_000_000;

    public long Start;
    public long Time;
    public ulong Count;
    public double Sum;
    public bool HasSum;
    public ulong Flags;

    public void Read(ref ProtoReader reader, int field, int wire, int flagsField)
    {
        switch (field, wire)
        {
            case (2, ProtoReader.Fixed64):
                Start = Milliseconds(reader.ReadFixed64());
                break;
            case (3, ProtoReader.Fixed64):
                Time = Milliseconds(reader.ReadFixed64());
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

    public static long Milliseconds(ulong nanoseconds) => (long)(nanoseconds / NanosecondsPerMillisecond);
}
