using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Attachments;

/// <summary>The files of an incident and of those merged into it, the newest first.</summary>
/// <param name="Incident">Number.</param>
public sealed record ListAttachments(int Incident)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads)
    {
        public async Task<Outcome<IReadOnlyList<AttachmentRow>>> HandleAsync(ListAttachments request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await TimelineScope.FindAsync(db, request.Incident, actor, null, ct) is not { } scope)
                return IncidentToChange.NotFound(request.Incident);
            await scope.RecordReadAsync(reads, actor, ct);
            return (await AttachmentRow.Query(db, scope.Ids).ToListAsync(ct)).ConvertAll(a => a.ToRow());
        }
    }
}
