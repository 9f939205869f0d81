namespace SloPortal.Application.Measurement.Ingest;

/// <summary>What one request may hold, of remote write and OTLP alike. Prometheus sends 2,000 samples in well under a megabyte by default.</summary>
/// <param name="MaxDecompressedBytes">The largest body after decompression, in bytes.</param>
/// <param name="MaxSamples">The most samples.</param>
public sealed record WriteLimits(int MaxDecompressedBytes = 32 * 1024 * 1024, int MaxSamples = 500_000);

/// <summary>What becomes of a request that cannot be read.</summary>
public enum WriteFault
{
    /// <summary>Not what the headers say: it can never be taken (400).</summary>
    Malformed,

    /// <summary>Over the limits (413).</summary>
    TooLarge,
}

/// <summary>Why a request cannot be read, in one sentence for the sender's log.</summary>
public sealed record WriteProblem(WriteFault Fault, string Sentence);
