namespace SloPortal.Application.Tests.Measurement.Fuzzing;

/// <summary>All that reads what strangers send. Whoever adds a decoder adds it here.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        RemoteWriteFuzz.Version1,
        RemoteWriteFuzz.Version2,
        OtlpFuzz.Protobuf,
        OtlpFuzz.Gzip,
        OtlpFuzz.Json,
        PushFuzz.Target,
    ];
}
