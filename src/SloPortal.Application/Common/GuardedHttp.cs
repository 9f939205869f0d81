using System.Net;
using System.Net.Sockets;

namespace SloPortal.Application.Common;

/// <summary>Which addresses a call to the outside may reach.</summary>
/// <param name="AllowPrivateAddresses">Any address, private ones included.</param>
/// <param name="AllowedHosts">Hosts by name that may have a private address.</param>
public sealed record OutgoingRules(bool AllowPrivateAddresses, IReadOnlyCollection<string> AllowedHosts);

/// <summary>A call went to an address that the installation does not allow; the message tells the user what to do.</summary>
public sealed class AddressRefusedException(string message) : IOException(message);

/// <summary>
/// HTTP calls to addresses that users type: no redirects, no proxy, no cookies, short time-outs, a capped answer. Private addresses
/// are refused when connecting, on the address that was resolved, so that a name that changes its address in between gains nothing.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    private const int MostBytes = 64 * 1024;

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/127"), IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("64:ff9b:1::/48"), IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8"),
    ];

    private readonly HttpClient client;

    public GuardedHttp(OutgoingRules rules, TimeSpan patience)
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
        client = new HttpClient(handler) { Timeout = patience, MaxResponseContentBufferSize = MostBytes };
    }

    /// <summary>Sends and reads the answer, up to 64 KB.</summary>
    /// <exception cref="HttpRequestException">It could not be reached, or the answer was too long; an inner
    /// <see cref="AddressRefusedException"/> when the address is not allowed.</exception>
    /// <exception cref="TaskCanceledException">It took too long.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) => client.SendAsync(request, ct);

    /// <summary>Loopback, link-local, private, shared, multicast and addresses that wrap one of these.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Private.Any(network => network.Contains(plain));
    }

    public void Dispose() => client.Dispose();

    private static async ValueTask<Stream> ConnectAsync(OutgoingRules rules, DnsEndPoint endPoint, CancellationToken ct)
    {
        var resolved = await Dns.GetHostAddressesAsync(endPoint.Host, ct);
        var free = rules.AllowPrivateAddresses || rules.AllowedHosts.Contains(endPoint.Host, StringComparer.OrdinalIgnoreCase);
        var allowed = free ? resolved : [.. resolved.Where(address => !IsPrivate(address))];
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException(
                $"“{endPoint.Host}” has a private address, which is not allowed. An administrator can allow it with Notifications:AllowedHosts.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
