using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SloPortal.Domain.Measurement.Probes;

/// <summary>A run as it is kept.</summary>
public sealed class ProbeResult
{
    /// <summary>How long results are kept; what they counted is kept as any count.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    public const int ReasonLength = 500;

    private ProbeResult() { }

    public ProbeResult(int sourceId, string location, DateTimeOffset due, DateTimeOffset at, DateTimeOffset receivedAt, ProbeRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        (SourceId, Location, At, ReceivedAt) = (sourceId, location, at, receivedAt);
        Key = KeyOf(sourceId, location, due);
        (Outcome, Status, CertificateEnds) = (run.Outcome, run.Status, run.CertificateEnds?.ToUniversalTime());
        Address = System.Net.IPAddress.TryParse(run.Address, out var address) ? address.ToString() : null;
        Reason = Printable(run.Reason);
        (DnsMs, ConnectMs, TlsMs, FirstByteMs, TotalMs) = run.Parts;
    }

    public int SourceId { get; private set; }

    /// <summary>Which run it is: a result that comes twice has the same.</summary>
    public Guid Key { get; private set; }

    public string Location { get; private set; } = "";

    /// <summary>When it ran, by the clock of its location.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>By the clock of the portal.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    public ProbeOutcome Outcome { get; private set; }
    public string Reason { get; private set; } = "";
    public int? Status { get; private set; }
    public double? DnsMs { get; private set; }
    public double? ConnectMs { get; private set; }
    public double? TlsMs { get; private set; }
    public double? FirstByteMs { get; private set; }
    public double? TotalMs { get; private set; }
    public DateTimeOffset? CertificateEnds { get; private set; }
    public string? Address { get; private set; }

    /// <summary>A reason can quote what a foreign server sent, and not all of that can be stored.</summary>
    private static string Printable(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length + 2 > ReasonLength - 1)
                return safe.Append('…').ToString();
            safe.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }
        return safe.ToString();
    }

    /// <summary>Names a run by probe, location and the instant for which it was due. Two programs of one location make the same name, and it counts once.</summary>
    public static Guid KeyOf(int sourceId, string location, DateTimeOffset due) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sourceId}/{location}/{due.UtcTicks}"))).AsSpan(0, 16));
}
