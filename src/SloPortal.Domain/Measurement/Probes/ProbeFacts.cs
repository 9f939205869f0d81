using System.Globalization;

namespace SloPortal.Domain.Measurement.Probes;

/// <summary>What a probe saw. The rules by which it is judged are pure, so that an agent and the portal judge alike.</summary>
public sealed record ProbeFacts
{
    public int? Status { get; init; }

    /// <summary>The beginning of the answer as text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of DNS.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>Of DNS: why there is none.</summary>
    public string? AnswerProblem { get; init; }

    public DateTimeOffset? CertificateEnds { get; init; }

    /// <summary>Why a certificate is not trusted, in a sentence.</summary>
    public string? CertificateProblem { get; init; }

    /// <summary>Why it is not good, in a sentence; null when it is.</summary>
    /// <param name="check">What must be.</param>
    /// <param name="totalMs">How long it took.</param>
    /// <param name="now">The instant by which days are counted.</param>
    public string? Problem(ProbeCheck check, double totalMs, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(check);
        return check.Kind switch
        {
            ProbeKind.Http => OfHttp(check),
            ProbeKind.Tcp => Missing(check),
            ProbeKind.Dns => OfDns(check),
            ProbeKind.Tls => OfTls(check, now),
            _ => throw new InvalidOperationException($"Unknown kind {check.Kind}."),
        } ?? (totalMs > check.WithinMs ? string.Create(CultureInfo.InvariantCulture, $"It took {totalMs:0} ms, and the limit is {check.WithinMs} ms.") : null);
    }

    /// <summary>What a good run says.</summary>
    public string Praise(ProbeCheck check, double totalMs, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(check);
        return string.Create(CultureInfo.InvariantCulture, $"{check.Kind switch
        {
            ProbeKind.Http => $"It answered {Status}",
            ProbeKind.Tcp => "It accepted the connection",
            ProbeKind.Dns => $"It answered {string.Join(", ", Answers.Take(3))}",
            _ => $"The certificate is valid for {Days(now)} more days",
        }} in {totalMs:0} ms.");
    }

    private string? OfHttp(ProbeCheck check) =>
        !StatusSet.TryParse(check.Statuses, out var good) || Status is not { } status ? "It gave no status."
        : !good.Contains(status) ? string.Create(CultureInfo.InvariantCulture, $"It answered {status}, and {(string.IsNullOrWhiteSpace(check.Statuses) ? "200-299" : check.Statuses)} was expected.")
        : Missing(check)
        ?? (!string.IsNullOrEmpty(check.Pattern) && (!SafePattern.TryCreate(ProbeCheck.Part(check.Pattern), out var pattern, out _) || !pattern.IsMatch(Text)) ? "The answer does not match the expression." : null);

    private string? Missing(ProbeCheck check) =>
        string.IsNullOrEmpty(check.Contains) || Text.Contains(check.Contains, StringComparison.Ordinal) ? null : $"The answer does not hold “{check.Contains}”.";

    private string? OfDns(ProbeCheck check) =>
        AnswerProblem is not null ? AnswerProblem
        : Answers.Count == 0 ? $"There is no {check.Record.ToString()!.ToUpperInvariant()} record of {check.DnsName}."
        : string.IsNullOrWhiteSpace(check.Answer) || Answers.Contains(check.Answer.Trim().TrimEnd('.'), StringComparer.OrdinalIgnoreCase) ? null
        : $"It answered {string.Join(", ", Answers.Take(5))}, and {check.Answer.Trim()} was expected among it.";

    private string? OfTls(ProbeCheck check, DateTimeOffset now) =>
        CertificateEnds is null ? "There is no certificate."
        : CertificateEnds <= now ? $"The certificate ended on {CertificateEnds:yyyy-MM-dd}."
        : Days(now) < check.DaysLeft ? string.Create(CultureInfo.InvariantCulture, $"The certificate is valid for {Days(now)} more days, and {check.DaysLeft} are asked for.")
        : CertificateProblem;

    private int Days(DateTimeOffset now) => (int)Math.Floor(((CertificateEnds ?? now) - now).TotalDays);
}
