using SloPortal.Application.Measurement.Ingest.Series;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>How much waits, how often state is written down, and how long things are kept. Section <c>Ingest</c> of the settings.</summary>
public sealed class IngestSettings
{
    /// <summary>The most requests that wait for the writer.</summary>
    public int QueuedRequests { get; set; } = 2048;

    /// <summary>The most samples that wait, at about 100 bytes; one request alone may exceed it. What comes beyond is asked to come again.</summary>
    public int QueuedSamples { get; set; } = 1_000_000;

    /// <summary>A group takes requests until it holds so many samples.</summary>
    public int SamplesPerGroup { get; set; } = 200_000;

    /// <summary>A checkpoint is written after so many bytes of log.</summary>
    public long CheckpointBytes { get; set; } = 64L << 20;

    /// <summary>A checkpoint is written after so long, if anything was logged.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Log rows are kept so long for previews and back-fills.</summary>
    public TimeSpan LogKept { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Older log rows go when there are more bytes than this.</summary>
    public long LogBytes { get; set; } = 512L << 20;

    /// <summary>A series without a sample for so long is forgotten.</summary>
    public TimeSpan SeriesIdle { get; set; } = TimeSpan.FromHours(48);

    /// <summary>Older samples are refused.</summary>
    public TimeSpan OldestSample { get; set; } = TimeSpan.FromDays(400);

    public SeriesLimits Series { get; set; } = new();

    public LabelLimits Labels { get; set; } = new();

    /// <summary>What one request of remote write or OTLP may hold.</summary>
    public WriteLimits RemoteWrite { get; set; } = new();
}
