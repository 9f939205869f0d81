using System.Net;

namespace SloPortal.Domain.Measurement.Probes;

/// <summary>A host or a network with private addresses that probes may reach, and who said so.</summary>
public sealed class AllowedAddress
{
    private AllowedAddress() { }

    public AllowedAddress(Guid id, string address, string reason, string allowedBy, DateTimeOffset allowedAt) =>
        (Id, Address, Reason, AllowedBy, AllowedAt) = (id, address, reason, allowedBy, allowedAt);

    public Guid Id { get; private set; }

    /// <summary>A host by name, an address, or a network such as 10.2.0.0/16.</summary>
    public string Address { get; private set; } = "";

    public string Reason { get; private set; } = "";
    public string AllowedBy { get; private set; } = "";
    public DateTimeOffset AllowedAt { get; private set; }

    /// <summary>The network that the text means; false for a host by name.</summary>
    public static bool TryReadNetwork(string text, out IPNetwork network)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IPAddress.TryParse(text, out var single))
        {
            network = new IPNetwork(single, single.GetAddressBytes().Length * 8);
            return true;
        }
        return IPNetwork.TryParse(text, out network);
    }

    /// <summary>In the form in which it is kept; null when it is neither host nor network.</summary>
    public static string? Normal(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        return TryReadNetwork(trimmed, out var network) ? network.PrefixLength == network.BaseAddress.GetAddressBytes().Length * 8 ? network.BaseAddress.ToString() : network.ToString()
            : trimmed is { Length: > 0 and <= 253 } && Uri.CheckHostName(trimmed) == UriHostNameType.Dns ? trimmed.ToLowerInvariant().TrimEnd('.') : null;
    }
}
