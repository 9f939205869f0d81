using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Audit;

namespace SloPortal.Application.Audit;

/// <summary>The entries of the audit that a reader may know of; the chain is verified over all of them.</summary>
internal static class VisibleEntries
{
    public static IQueryable<AuditEntry> Of(PortalDbContext db, IEnumerable<IHiddenSubjects> hidden, Actor actor)
    {
        var entries = db.AuditEntries.AsNoTracking();
        foreach (var subjects in hidden.Select(h => h.For(db, actor)))
            entries = entries.Where(e => !subjects.Contains(e.SubjectId));
        return entries;
    }
}
