using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Response;

namespace SloPortal.Application.Incidents.Attachments;

/// <summary>One file of an incident, with its content. Reading one of a restricted incident is recorded.</summary>
/// <param name="Incident">Number.</param>
public sealed record ReadAttachment(int Incident, Guid Id)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads)
    {
        public async Task<Outcome<Attachment>> HandleAsync(ReadAttachment request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var scope = await TimelineScope.FindAsync(db, request.Incident, actor, null, ct);
            var chains = scope?.Ids ?? [];
            if (await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == request.Id && chains.Contains(a.IncidentId), ct) is not { } attachment)
                return Refusal.NotFound("This attachment");
            if (scope!.IsRestricted)
                await reads.RecordAsync(actor, "attachment.read", "incident", scope.Id, $"{attachment.FileName} of {Domain.Incidents.Incident.CodeOf(scope.Number)}", ct);
            return attachment;
        }
    }
}
