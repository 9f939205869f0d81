namespace SloPortal.Domain.Measurement.Probes;

/// <summary>What a run says about the service.</summary>
public enum ProbeOutcome
{
    Good,
    Failed,
    /// <summary>The prober itself could not ask: nothing is counted.</summary>
    NotMeasured,
}

/// <summary>How long the parts of a run took, in milliseconds; null for what it did not come to. Over redirects the first three add up.</summary>
/// <param name="Dns">Resolving the name.</param>
/// <param name="Connect">TCP.</param>
/// <param name="Tls">Agreeing on TLS.</param>
/// <param name="FirstByte">From the request to the first byte of the last answer.</param>
/// <param name="Total">The whole.</param>
public sealed record ProbeParts(double? Dns = null, double? Connect = null, double? Tls = null, double? FirstByte = null, double? Total = null);

/// <summary>What came of one run.</summary>
/// <param name="Outcome">What it says.</param>
/// <param name="Reason">A sentence, also where it is good.</param>
/// <param name="Parts">How long it took.</param>
/// <param name="Status">Of HTTP.</param>
/// <param name="CertificateEnds">Until when the certificate is valid, where there was one.</param>
/// <param name="Address">The address that was connected to last.</param>
public sealed record ProbeRun(ProbeOutcome Outcome, string Reason, ProbeParts Parts, int? Status = null, DateTimeOffset? CertificateEnds = null, string? Address = null);
