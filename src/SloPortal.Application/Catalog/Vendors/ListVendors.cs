using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Vendors;

/// <summary>A row of the list of vendors.</summary>
/// <param name="Services">Services that depend on it directly.</param>
/// <param name="IsMeasured">An SLI of the portal measures it.</param>
/// <param name="LastOutageAt">Start of the last outage that was entered by hand and not taken back.</param>
/// <param name="IsOut">One of these lasts.</param>
public sealed record VendorRow(Guid Id, string Slug, string Name, string Description, string Team, string TeamName, int Services, bool IsMeasured, DateTimeOffset? LastOutageAt, bool IsOut);

/// <summary>The vendors, by name. The filter looks for its text in name, short name and team.</summary>
/// <param name="Filter">Text to look for; null finds all.</param>
/// <param name="Archived">The archived ones instead of those in use.</param>
public sealed record ListVendors(string? Filter = null, bool Archived = false)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<VendorRow>>> HandleAsync(ListVendors request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var rows = from vendor in db.Vendors.AsNoTracking()
                       join team in db.Teams on vendor.OwnerTeamId equals team.Id
                       where (vendor.ArchivedAt != null) == request.Archived
                       select new { vendor, team };
            if (!string.IsNullOrWhiteSpace(request.Filter))
            {
                var pattern = TextSearch.Contains(request.Filter);
                rows = rows.Where(r => EF.Functions.ILike(r.vendor.Name, pattern, "\\") || EF.Functions.ILike(r.vendor.Slug, pattern, "\\") || EF.Functions.ILike(r.team.Name, pattern, "\\"));
            }
            return await rows.OrderBy(r => r.vendor.Name).Select(r => new VendorRow(
                r.vendor.Id, r.vendor.Slug, r.vendor.Name, r.vendor.Description, r.team.Slug, r.team.Name,
                db.Dependencies.Count(d => d.OnVendorId == r.vendor.Id), r.vendor.SliId != null,
                db.VendorOutages.Where(o => o.VendorId == r.vendor.Id && o.WithdrawnAt == null).Max(o => (DateTimeOffset?)o.StartedAt),
                db.VendorOutages.Any(o => o.VendorId == r.vendor.Id && o.WithdrawnAt == null && o.EndedAt == null))).ToListAsync(ct);
        }
    }
}
