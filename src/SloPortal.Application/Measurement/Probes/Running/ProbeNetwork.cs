using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SloPortal.Application.Common;

namespace SloPortal.Application.Measurement.Probes.Running;

/// <summary>How a prober reaches the outside: every connection is resolved, guarded and timed here, also after a redirect.</summary>
public sealed class ProbeNetwork
{
    /// <summary>Whether it exists does not matter, only that a resolver says so. RFC 2606 keeps it.</summary>
    private const string AnyName = "example.com";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Resolves a name; tests give answers that change.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolver { get; init; } = (name, ct) => Dns.GetHostAddressesAsync(name, ct);

    /// <summary>Whom certificates are trusted from; null for whom this machine trusts.</summary>
    internal X509ChainPolicy? Trust { get; init; }

    /// <summary>A connection to the host, if it is allowed.</summary>
    /// <exception cref="AddressRefusedException">It is not.</exception>
    internal async Task<NetworkStream> ConnectAsync(OutgoingRules rules, string host, int port, ProbeWatch watch, CancellationToken ct)
    {
        var allowed = await ResolveAsync(rules, host, watch, ct);
        watch.Enter(ProbePhase.Connect);
        var socket = await OutgoingGuard.ConnectAsync(allowed, port, ct);
        watch.Enter(ProbePhase.Answer);
        watch.Address = ((IPEndPoint?)socket.RemoteEndPoint)?.Address is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The addresses of the host that may be reached.</summary>
    /// <exception cref="AddressRefusedException">None may.</exception>
    internal async Task<IPAddress[]> ResolveAsync(OutgoingRules rules, string host, ProbeWatch watch, CancellationToken ct)
    {
        watch.Enter(ProbePhase.Dns);
        var bare = host.Trim('[', ']');
        return OutgoingGuard.Allowed(rules, bare, IPAddress.TryParse(bare, out var literal) ? [literal] : await Resolver(bare, ct));
    }

    /// <summary>Whether a resolver answers here at all; that a name does not exist is an answer.</summary>
    internal async Task<bool> ResolvesAnythingAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await Resolver(AnyName, limit.Token);
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
