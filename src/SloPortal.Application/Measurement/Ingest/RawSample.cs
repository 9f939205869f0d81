namespace SloPortal.Application.Measurement.Ingest;

/// <summary>One value of one series at one instant.</summary>
/// <param name="Time">Milliseconds since 1970.</param>
/// <param name="Value">The value as it was sent.</param>
public readonly record struct RawSample(long Time, double Value);
