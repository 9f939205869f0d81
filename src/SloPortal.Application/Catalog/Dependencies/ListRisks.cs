using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Dependencies;

/// <summary>A dependency on a vendor as a risk; what nobody has said yet is null.</summary>
/// <param name="IsOverdue">Its review is past, or nobody has assessed it.</param>
public sealed record RiskRow(
    Guid Dependency, string Service, string ServiceName, string Vendor, string VendorName, DependencyKind Kind, string? Group, string DependencyNote,
    Guid? OwnerId, string? Owner, DateOnly? ReviewOn, RiskState? State, string? Note, uint? Version, bool IsOverdue, bool MayChange);

/// <summary>The dependencies on vendors, those whose review is overdue first.</summary>
/// <param name="Service">Short name of a service, to see only its own.</param>
/// <param name="Mine">Only those that the actor looks after.</param>
/// <param name="Overdue">Only those whose review is past or that nobody has assessed.</param>
public sealed record ListRisks(string? Service = null, bool Mine = false, bool Overdue = false)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<IReadOnlyList<RiskRow>>> HandleAsync(ListRisks request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var today = DateOnly.FromDateTime(clock.GetUtcNowInMicroseconds().UtcDateTime);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var rows = await (from d in db.Dependencies.AsNoTracking()
                              join v in db.Vendors on d.OnVendorId equals v.Id
                              join s in db.Services on d.ServiceId equals s.Id
                              join g in db.RedundantGroups on d.GroupId equals g.Id into groups
                              from g in groups.DefaultIfEmpty()
                              join r in db.DependencyRisks on d.Id equals r.DependencyId into risks
                              from r in risks.DefaultIfEmpty()
                              join p in db.Users on r.OwnerId equals p.Id into owners
                              from p in owners.DefaultIfEmpty()
                              where s.ArchivedAt == null && (request.Service == null || s.Slug == request.Service) && (!request.Mine || r.OwnerId == actor.PersonId)
                              select new { d, v, s, Group = g == null ? null : g.Name, Risk = r, Owner = p == null ? null : p.DisplayName }).ToListAsync(ct);
            return rows
                .Select(x => new RiskRow(
                    x.d.Id, x.s.Slug, x.s.Name, x.v.Slug, x.v.Name, x.d.Kind, x.Group, x.d.Note,
                    x.Risk?.OwnerId, x.Owner, x.Risk?.ReviewOn, x.Risk?.State, x.Risk?.Note, x.Risk?.Version,
                    x.Risk is null || x.Risk.ReviewOn < today, actor.MayChangeFor(x.s.OwnerTeamId)))
                .Where(r => !request.Overdue || r.IsOverdue)
                .OrderByDescending(r => r.IsOverdue).ThenBy(r => r.ReviewOn ?? DateOnly.MinValue).ThenBy(r => r.ServiceName, StringComparer.OrdinalIgnoreCase).ThenBy(r => r.VendorName, StringComparer.OrdinalIgnoreCase)
                .ToList();
        }
    }
}
