using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SloPortal.Application.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes.Running;

/// <summary>Agrees on TLS and looks at the certificate, also at one that is not trusted.</summary>
internal static class TlsProbe
{
    private const int UsualPort = 443;

    public static async Task<ProbeFacts> AskAsync(ProbeNetwork network, ProbeCheck check, OutgoingRules rules, ProbeWatch watch, CancellationToken ct)
    {
        await using var stream = await network.ConnectAsync(rules, check.Host!, check.Port ?? UsualPort, watch, ct);
        watch.Enter(ProbePhase.Tls);
        var errors = SslPolicyErrors.None;
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = check.Host!,
            CertificateChainPolicy = network.Trust?.Clone(),
            // Nothing is sent: what is wrong with it is what is looked for.
#pragma warning disable CA5359
            RemoteCertificateValidationCallback = (_, _, _, found) =>
            {
                errors = found;
                return true;
            },
#pragma warning restore CA5359
        }, ct);
        watch.Enter(ProbePhase.Rest);
        return new ProbeFacts { CertificateEnds = tls.RemoteCertificate is { } certificate ? EndOf(certificate) : null, CertificateProblem = ProblemOf(errors) };
    }

    /// <summary>Until when it is valid.</summary>
    public static DateTimeOffset EndOf(X509Certificate certificate)
    {
        using var whole = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return new DateTimeOffset(whole.NotAfter.ToUniversalTime());
    }

    private static string? ProblemOf(SslPolicyErrors errors) =>
        errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "It showed no certificate."
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "The certificate is for another name."
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? "The certificate is not signed by anybody whom this location trusts."
        : null;
}

/// <summary>Connects, and may send a text and wait for another.</summary>
internal static class TcpProbe
{
    private const int MostBytes = 64 * 1024;

    public static async Task<ProbeFacts> AskAsync(ProbeNetwork network, ProbeCheck check, OutgoingRules rules, ProbeWatch watch, CancellationToken ct)
    {
        await using var stream = await network.ConnectAsync(rules, check.Host!, check.Port!.Value, watch, ct);
        if (!string.IsNullOrEmpty(check.Send))
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Unescaped(check.Send)), ct);
        var text = string.IsNullOrEmpty(check.Contains) ? "" : await ReadAsync(stream, check.Contains, watch, ct);
        watch.Enter(ProbePhase.Rest);
        return new ProbeFacts { Text = text };
    }

    /// <summary>Until the text is there, the other side ends, or there is too much.</summary>
    private static async Task<string> ReadAsync(NetworkStream stream, string awaited, ProbeWatch watch, CancellationToken ct)
    {
        var buffer = new byte[MostBytes];
        var length = 0;
        while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), ct) is > 0 and var read)
        {
            if (length == 0)
                watch.Enter(ProbePhase.Rest);
            length += read;
            if (System.Text.Encoding.UTF8.GetString(buffer, 0, length).Contains(awaited, StringComparison.Ordinal))
                break;
        }
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string Unescaped(string text) => text.Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);
}
