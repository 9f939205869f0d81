namespace SloPortal.Application.Tests.Measurement.Fuzzing;

/// <summary>Something that reads what strangers send.</summary>
/// <param name="Name">What it is called in the tests.</param>
/// <param name="Examples">Valid inputs, small and of every kind that is read.</param>
/// <param name="Read">
/// Reads an input and gives what a plain, slow reading of it gives as well, to be compared: what was counted, as text. Null when the input was refused.
/// Throws for nothing.
/// </param>
/// <param name="Plain">The plain reading: null when it refuses the input, or cannot tell.</param>
/// <param name="Wrap">What is put around an input, such as compression; half of the damage comes before it, half after. Null for nothing.</param>
internal sealed record FuzzTarget(
    string Name, IReadOnlyList<byte[]> Examples, Func<byte[], string?> Read, Func<byte[], string?> Plain, Func<byte[], byte[]>? Wrap = null)
{
    /// <summary>Bytes that may be allocated for each byte of an input that is read.</summary>
    public int BytesPerByte { get; init; } = 100;

    /// <summary>Bytes that may be allocated for any input: buffers that are borrowed, the largest result that the limits allow.</summary>
    public long BytesForAny { get; init; } = 4 << 20;

    public override string ToString() => Name;
}
