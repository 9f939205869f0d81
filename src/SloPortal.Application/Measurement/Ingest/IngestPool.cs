using System.Buffers;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>
/// The arrays that ingest borrows. The pool that all share keeps one of each size for every thread that ever gave one back; here no more
/// are kept than were in use at once.
/// </summary>
internal static class IngestPool
{
    /// <summary>Bytes. What is larger is made for the occasion.</summary>
    private const int LargestKept = 4 << 20;

    /// <summary>What is in use while a body is decoded, which keeps a processor busy.</summary>
    public static ArrayPool<byte> Bodies { get; } = ArrayPool<byte>.Create(LargestKept, 2 * Environment.ProcessorCount);
}

/// <summary>What waits with a request until its group is stored.</summary>
internal static class IngestPool<T>
{
    private const int MostKept = 64;
    private const int LargestKept = 1 << 20;

    public static ArrayPool<T> Waiting { get; } = ArrayPool<T>.Create(LargestKept, MostKept);
}
