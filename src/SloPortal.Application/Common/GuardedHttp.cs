using System.Net;
using System.Net.Sockets;

namespace SloPortal.Application.Common;

/// <summary>
/// HTTP calls to addresses that users type: no redirects, no proxy, no cookies, short time-outs, a capped answer. Private addresses
/// are refused when connecting, on the address that was resolved, so that a name that changes its address in between gains nothing.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    private const int UsualBytes = 64 * 1024;

    private readonly HttpClient client;

    /// <param name="patience">How long an answer may take.</param>
    /// <param name="mostBytes">The longest answer that is read.</param>
    public GuardedHttp(OutgoingRules rules, TimeSpan patience, int mostBytes = UsualBytes)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, ct) => ConnectAsync(rules, context.DnsEndPoint, ct),
        };
        client = new HttpClient(handler) { Timeout = patience, MaxResponseContentBufferSize = mostBytes };
    }

    /// <summary>Sends and reads the answer, up to the longest that is read.</summary>
    /// <exception cref="HttpRequestException">It could not be reached, or the answer was too long; an inner
    /// <see cref="AddressRefusedException"/> when the address is not allowed.</exception>
    /// <exception cref="TaskCanceledException">It took too long.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) => client.SendAsync(request, ct);

    /// <summary>The client itself, guarded alike, for a library that speaks a protocol over one it is given.</summary>
    internal HttpClient Client => client;

    public void Dispose() => client.Dispose();

    private static async ValueTask<Stream> ConnectAsync(OutgoingRules rules, DnsEndPoint endPoint, CancellationToken ct)
    {
        var allowed = OutgoingGuard.Allowed(rules, endPoint.Host, await Dns.GetHostAddressesAsync(endPoint.Host, ct));
        return new NetworkStream(await OutgoingGuard.ConnectAsync(allowed, endPoint.Port, ct), ownsSocket: true);
    }
}
