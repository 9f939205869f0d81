using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives;

/// <summary>An objective with the version in force and the SLI that it is judged by; both null before the first.</summary>
internal sealed record VersionBySli(ObjectiveVersion? Version, Sli? Sli)
{
    /// <summary>Null where there is no such objective.</summary>
    public static Task<VersionBySli?> InForceAsync(PortalDbContext db, string service, string slug, DateTimeOffset now, CancellationToken ct) =>
        (from o in db.Objectives.AsNoTracking()
         join s in db.Services on o.ServiceId equals s.Id
         join v in db.VersionsInForceAt(now) on o.Id equals v.ObjectiveId into versions
         from v in versions.DefaultIfEmpty()
         join i in db.Slis on v.SliId equals i.Id into slis
         from i in slis.DefaultIfEmpty()
         where s.Slug == service && o.Slug == slug
         select new VersionBySli(v, i)).SingleOrDefaultAsync(ct);
}
