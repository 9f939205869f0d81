using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes.Addresses;

/// <summary>What probes may reach, as administrators allowed it.</summary>
internal static class ProbeAddresses
{
    public static async Task<OutgoingRules> RulesAsync(PortalDbContext db, CancellationToken ct) =>
        RulesOf(await db.AllowedAddresses.AsNoTracking().Select(a => a.Address).ToListAsync(ct));

    /// <summary>The rules that a list of hosts and networks means.</summary>
    public static OutgoingRules RulesOf(IReadOnlyList<string> addresses)
    {
        var networks = new List<System.Net.IPNetwork>();
        var hosts = new List<string>();
        foreach (var address in addresses)
        {
            if (AllowedAddress.TryReadNetwork(address, out var network))
                networks.Add(network);
            else
                hosts.Add(address);
        }
        return new OutgoingRules(false, hosts) { AllowedNetworks = networks, HowToAllow = "An administrator can allow the host or its network under Settings, Probing." };
    }
}
