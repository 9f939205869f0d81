using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using SloPortal.Application.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes.Running;

/// <summary>Asks a web address over a new connection. Redirects are followed here and not by the client, so that each meets the guard and a secret stays with its server.</summary>
internal static class HttpProbe
{
    private const int MostRedirects = 5;
    private const int MostBytes = 1 << 20;

    public static async Task<ProbeFacts> AskAsync(ProbeNetwork network, ProbeCheck check, string? authorization, OutgoingRules rules, ProbeWatch watch, CancellationToken ct)
    {
        DateTimeOffset? ends = null;
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = async (context, stop) => await network.ConnectAsync(rules, context.DnsEndPoint.Host, context.DnsEndPoint.Port, watch, stop),
            PlaintextStreamFilter = (context, _) =>
            {
                if (context.PlaintextStream is SslStream { RemoteCertificate: { } certificate })
                {
                    watch.LeaveTls();
                    ends = TlsProbe.EndOf(certificate);
                }
                return ValueTask.FromResult(context.PlaintextStream);
            },
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = network.Trust?.Clone() },
        };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var (address, method) = (new Uri(check.Url!), new HttpMethod(check.Method ?? "GET"));
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(check, address, method, authorization);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var status = (int)response.StatusCode;
            if (check.FollowRedirects && status is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location)
            {
                if (redirects == MostRedirects)
                    throw new HttpRequestException($"It redirects more than {MostRedirects} times.");
                address = new Uri(address, location);
                if (address.Scheme is not ("http" or "https"))
                    throw new HttpRequestException($"It redirects to {address.Scheme}:, which is no web address.");
                method = status is 307 or 308 || method == HttpMethod.Head ? method : HttpMethod.Get;
                watch.Again();
                watch.Enter(ProbePhase.Answer);
                continue;
            }
            watch.Enter(ProbePhase.Rest);
            return new ProbeFacts { Status = status, Text = await TextAsync(response, ct), CertificateEnds = ends };
        }
    }

    private static HttpRequestMessage Request(ProbeCheck check, Uri address, HttpMethod method, string? authorization)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("SloPortal-Probe", "1.0"));
        foreach (var header in check.Headers ?? [])
        {
            request.Headers.Remove(header.Name);
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }
        if (authorization is not null && address.GetLeftPart(UriPartial.Authority) == check.Origin())
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

    private static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[64 * 1024];
        using var taken = new MemoryStream();
        for (int read; taken.Length < MostBytes && (read = await body.ReadAsync(buffer, ct)) > 0;)
            taken.Write(buffer, 0, read);
        return EncodingOf(response).GetString(taken.GetBuffer(), 0, (int)taken.Length);
    }

    private static Encoding EncodingOf(HttpResponseMessage response)
    {
        try
        {
            return response.Content.Headers.ContentType?.CharSet is { } name ? Encoding.GetEncoding(name.Trim('"')) : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
