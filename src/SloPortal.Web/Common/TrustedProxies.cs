using Microsoft.AspNetCore.HttpOverrides;
using IPAddress = System.Net.IPAddress;
using IPNetwork = System.Net.IPNetwork;

namespace SloPortal.Web.Common;

/// <summary>Whose word on a request's address and scheme is believed: a proxy on this machine, and those that <c>Portal:TrustedProxies</c> names.</summary>
internal static class TrustedProxies
{
    /// <param name="options">What the middleware of forwarded headers asks.</param>
    /// <param name="named">Addresses and networks such as <c>10.0.0.5, 10.1.0.0/24</c>.</param>
    /// <exception cref="InvalidOperationException">One is neither; the message says which.</exception>
    public static void Apply(ForwardedHeadersOptions options, string? named)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var one in (named ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(one, out var address))
                options.KnownProxies.Add(address);
            else if (IPNetwork.TryParse(one, out var network))
                options.KnownIPNetworks.Add(network);
            else
                throw new InvalidOperationException($"Portal:TrustedProxies names {one}, which is neither an address nor a network such as 10.1.0.0/24. Correct it and start the portal again.");
        }
    }
}
