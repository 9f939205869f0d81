using System.Globalization;
using SloPortal.Domain.Measurement.Probes;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Probes;

/// <summary>Probes in words.</summary>
internal static class ProbeWords
{
    public static (Tone Tone, string Word) Outcome(ProbeOutcome outcome) => outcome switch
    {
        ProbeOutcome.Good => (Tone.Good, "Good"),
        ProbeOutcome.Failed => (Tone.Bad, "Failed"),
        ProbeOutcome.NotMeasured => (Tone.NoData, "Not measured"),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    public static string Kind(ProbeKind kind) => kind switch
    {
        ProbeKind.Http => "HTTP",
        ProbeKind.Tcp => "TCP connection",
        ProbeKind.Dns => "DNS",
        ProbeKind.Tls => "Certificate",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Ms(double? ms) => ms is { } value ? value.ToString(value < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture) + " ms" : "–";

    /// <summary>Where the time went: "DNS 3.1 ms, connect 12 ms".</summary>
    public static string Parts(ProbeParts parts) => string.Join(", ", new[] { ("DNS", parts.Dns), ("connect", parts.Connect), ("TLS", parts.Tls), ("first byte", parts.FirstByte) }
        .Where(p => p.Item2 is not null).Select(p => $"{p.Item1} {Ms(p.Item2)}"));
}
