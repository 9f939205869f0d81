using System.Net;
using System.Net.Sockets;

namespace SloPortal.Application.Common;

/// <summary>Which addresses a call to the outside may reach.</summary>
/// <param name="AllowPrivateAddresses">Any address, private ones included.</param>
/// <param name="AllowedHosts">Hosts by name that may have a private address.</param>
public sealed record OutgoingRules(bool AllowPrivateAddresses, IReadOnlyCollection<string> AllowedHosts)
{
    /// <summary>Networks whose addresses may be reached under any name.</summary>
    public IReadOnlyCollection<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>A sentence for whoever is refused.</summary>
    public string HowToAllow { get; init; } = "An administrator can allow it with Notifications:AllowedHosts.";
}

/// <summary>A call went to an address that the installation does not allow; the message tells the user what to do.</summary>
public sealed class AddressRefusedException(string message) : IOException(message);

/// <summary>
/// Refuses private addresses when connecting, on the addresses that are then connected to, so that a name that changes its address in
/// between gains nothing.
/// </summary>
public static class OutgoingGuard
{
    // IANA's registries of special-purpose addresses, and what wraps an IPv4 address in an IPv6 one.
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("224.0.0.0/3"),
        // What Azure's machines ask about themselves is a public address.
        IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("::/96"), IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("64:ff9b:1::/48"), IPNetwork.Parse("100::/64"), IPNetwork.Parse("2001::/32"),
        IPNetwork.Parse("2002::/16"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fec0::/10"), IPNetwork.Parse("ff00::/8"),
    ];

    /// <summary>Loopback, link-local, private, shared, multicast, metadata of clouds, and addresses that wrap one of these.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        var plain = Plain(address);
        return Private.Any(network => network.Contains(plain));
    }

    /// <summary>Those of the resolved addresses that may be connected to.</summary>
    /// <exception cref="AddressRefusedException">None may.</exception>
    public static IPAddress[] Allowed(OutgoingRules rules, string host, IReadOnlyCollection<IPAddress> resolved)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(resolved);
        var free = rules.AllowPrivateAddresses || rules.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
        var allowed = resolved.Where(address => free || !IsPrivate(address) || rules.AllowedNetworks.Any(n => n.Contains(Plain(address)))).ToArray();
        return allowed.Length > 0 ? allowed : throw new AddressRefusedException($"“{host}” has a private address, which is not allowed. {rules.HowToAllow}");
    }

    /// <summary>A connection to the first of the addresses that takes one.</summary>
    /// <exception cref="SocketException">None did. That there is no way to one of them is told only where there is none to any.</exception>
    public static async Task<Socket> ConnectAsync(IPAddress[] allowed, int port, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        SocketException? failure = null;
        foreach (var address in allowed)
        {
            Socket? socket = null;
            try
            {
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(address, port, ct);
                return socket;
            }
            catch (Exception e)
            {
                socket?.Dispose();
                if (e is not SocketException refused)
                    throw;
                failure = failure is null || HasNoWay(failure) ? refused : failure;
            }
        }
        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>Whether this machine has no way to an address, whoever is there.</summary>
    public static bool HasNoWay(SocketException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e.SocketErrorCode is SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.AddressFamilyNotSupported;
    }

    private static IPAddress Plain(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
