using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Probes.Addresses;

/// <summary>A host or network that probes may reach, and who said so when and why.</summary>
public sealed record AllowedAddressRow(Guid Id, string Address, string Reason, string AllowedBy, DateTimeOffset AllowedAt);

/// <summary>A place from which probes run besides the portal.</summary>
/// <param name="ClockAhead">Seconds by which its clock is ahead of the portal's.</param>
/// <param name="Dropped">Results that it could not keep while the portal was away.</param>
public sealed record LocationRow(string Name, DateTimeOffset HeardAt, double ClockAhead, long Dropped, int Probes);

/// <summary>What holds for all probes.</summary>
public sealed record ProbingSetup(IReadOnlyList<AllowedAddressRow> Addresses, IReadOnlyList<LocationRow> Locations, bool MayChange);

/// <summary>What probes may reach beside public addresses, and from where they run.</summary>
public sealed record ListAllowedAddresses
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<ProbingSetup>> HandleAsync(ListAllowedAddresses request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            return new ProbingSetup(
                await db.AllowedAddresses.AsNoTracking().OrderBy(a => a.Address).Select(a => new AllowedAddressRow(a.Id, a.Address, a.Reason, a.AllowedBy, a.AllowedAt)).ToListAsync(ct),
                await db.ProbeLocations.AsNoTracking().OrderBy(l => l.Name).Select(l => new LocationRow(l.Name, l.HeardAt, l.ClockAhead, l.Dropped, db.Probes.Count(p => p.Locations.Contains(l.Name)))).ToListAsync(ct),
                actor.May(Permission.Administer));
        }
    }
}
