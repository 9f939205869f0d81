using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Vendors;

/// <summary>An outage as it was entered, also when it was taken back.</summary>
public sealed record OutageRow(
    Guid Id, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Source, string Reason, string RecordedBy, DateTimeOffset RecordedAt, Guid? Corrects, DateTimeOffset? WithdrawnAt, string? WithdrawnReason);

/// <summary>A service that needs the vendor.</summary>
public sealed record VendorUser(string Slug, string Name, DependencyKind Kind, string? Group);

/// <param name="SliId">The SLI that measures it.</param>
/// <param name="Outages">Entered by hand, the newest first, also those that were taken back.</param>
/// <param name="Version">Sent back with a change, so that nobody overwrites what they have not seen.</param>
public sealed record VendorDetails(
    Guid Id, string Slug, string Name, string Description, string Team, string TeamName, int? SliId, DateTimeOffset CreatedAt, DateTimeOffset? ArchivedAt, uint Version, bool MayChange,
    IReadOnlyList<VendorUser> Services, IReadOnlyList<OutageRow> Outages);

/// <summary>One vendor with who needs it and its outages.</summary>
public sealed record GetVendor(string Slug)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<VendorDetails>> HandleAsync(GetVendor request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from vendor in db.Vendors.AsNoTracking()
                               join team in db.Teams on vendor.OwnerTeamId equals team.Id
                               where vendor.Slug == request.Slug
                               select new { vendor, team.Slug, team.Name }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"The vendor \"{request.Slug}\"");
            var v = found.vendor;
            var services = await (from d in db.Dependencies.AsNoTracking()
                                  join s in db.Services on d.ServiceId equals s.Id
                                  join g in db.RedundantGroups on d.GroupId equals g.Id into groups
                                  from g in groups.DefaultIfEmpty()
                                  where d.OnVendorId == v.Id
                                  orderby s.Name
                                  select new VendorUser(s.Slug, s.Name, d.Kind, g == null ? null : g.Name)).ToListAsync(ct);
            var outages = await db.VendorOutages.AsNoTracking().Where(o => o.VendorId == v.Id).OrderByDescending(o => o.StartedAt).ThenByDescending(o => o.RecordedAt)
                .Select(o => new OutageRow(o.Id, o.StartedAt, o.EndedAt, o.Source, o.Reason, o.RecordedByName, o.RecordedAt, o.Corrects, o.WithdrawnAt, o.WithdrawnReason)).ToListAsync(ct);
            return new VendorDetails(v.Id, v.Slug, v.Name, v.Description, found.Slug, found.Name, v.SliId, v.CreatedAt, v.ArchivedAt, v.Version, actor.MayChangeFor(v.OwnerTeamId), services, outages);
        }
    }
}
