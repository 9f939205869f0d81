namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>How long labels may be. Generous: they stop mistakes and attacks, not use.</summary>
/// <param name="MaxLabels">The most labels of a series.</param>
/// <param name="MaxNameBytes">The longest name, in bytes of UTF-8.</param>
/// <param name="MaxValueBytes">The longest value, in bytes of UTF-8.</param>
/// <param name="MaxBytes">All labels of a series together, encoded, in bytes.</param>
public sealed record LabelLimits(int MaxLabels = 128, int MaxNameBytes = 512, int MaxValueBytes = 4096, int MaxBytes = 16384);
