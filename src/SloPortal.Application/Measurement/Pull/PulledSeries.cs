using SloPortal.Application.Measurement.Ingest;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull;

/// <summary>The raw samples of one series, oldest first, as a server answered.</summary>
public sealed record PulledSeries(LabelSet Labels, IReadOnlyList<RawSample> Samples);
