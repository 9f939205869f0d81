using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Audit;

/// <summary>Records that somebody read what only few may read. A page that reads again while it is open is one visit.</summary>
public sealed class SensitiveReads(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
{
    /// <summary>Product policy.</summary>
    private static readonly TimeSpan Visit = TimeSpan.FromMinutes(15);

    /// <param name="action">Subject first: "incident.read".</param>
    public async Task RecordAsync(Actor actor, string action, string subjectKind, Guid subjectId, string subjectName, CancellationToken ct)
    {
        if (actor.Kind == ActorKind.System)
            return;
        var since = clock.GetUtcNowInMicroseconds() - Visit;
        var id = subjectId.ToString();
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            if (await db.AuditEntries.AnyAsync(e => e.SubjectKind == subjectKind && e.SubjectId == id && e.Action == action && e.ActorKind == actor.Kind && e.ActorId == actor.PersonId && e.RecordedAt > since, ct))
                return;
        }
        await work.ChangeAsync<string, Done>(action, actor, Permission.Read, change =>
        {
            change.Audit(action, subjectKind, subjectId, subjectName);
            return Task.FromResult<Outcome<Done>>(Done.Value);
        }, ct);
    }
}
