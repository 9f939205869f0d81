using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>One postmortem with everything that an export holds of it.</summary>
public sealed class ArchiveReader(IEnumerable<IPostmortemActions> actions)
{
    /// <summary>Null where it is no longer published, or the actor may no longer see it.</summary>
    internal async Task<(ArchivedPostmortem Document, IReadOnlyList<byte[]> Attachments)?> ReadAsync(PortalDbContext db, Guid id, Actor actor, CancellationToken ct)
    {
        var visible = db.IncidentsFor(actor);
        var found = await db.Postmortems.AsNoTracking()
            .Where(p => p.Id == id && p.State == PostmortemState.Published && (p.IncidentId == null || visible.Any(i => i.Id == p.IncidentId)))
            .Select(p => new
            {
                Postmortem = p,
                IncidentNumber = db.Incidents.Where(i => i.Id == p.IncidentId).Select(i => (int?)i.Number).FirstOrDefault(),
                Services = p.Services.Join(db.Services, s => s.ServiceId, s => s.Id, (_, s) => s.Slug).OrderBy(s => s).ToList(),
                Factors = p.Factors.OrderBy(f => f.Factor).Select(f => new ArchivedFactor(f.Factor, f.Note)).ToList(),
                CreatedBy = db.Users.Where(u => u.Id == p.CreatedBy).Select(u => u.DisplayName).FirstOrDefault(),
                ApprovedBy = db.Users.Where(u => u.Id == p.ApprovedBy).Select(u => u.DisplayName).FirstOrDefault(),
            }).AsSplitQuery().SingleOrDefaultAsync(ct);
        if (found is null)
            return null;
        var p = found.Postmortem;
        var revisions = await db.PostmortemRevisions.AsNoTracking().Where(r => r.PostmortemId == id).OrderBy(r => r.Number).ToListAsync(ct);
        var incidents = await FamilyAsync(db, p.IncidentId, ct);
        var timeline = await db.TimelineEntries.AsNoTracking().Where(e => incidents.Contains(e.IncidentId))
            .OrderBy(e => e.IncidentId).ThenBy(e => e.Number).ToListAsync(ct);
        var attachments = await db.Attachments.AsNoTracking().Where(a => incidents.Contains(a.IncidentId)).OrderBy(a => a.AddedAt).ToListAsync(ct);
        List<PostmortemAction> linked = [];
        foreach (var source in actions)
            linked.AddRange(await source.OfAsync(id, p.IncidentId, actor, ct));

        var document = new ArchivedPostmortem(
            p.Code, p.Title, p.Summary, found.IncidentNumber is { } number ? Incident.CodeOf(number) : null, p.Severity, p.StartedAt, p.EndedAt,
            p.Origin, found.Services, found.Factors, p.Body,
            found.CreatedBy ?? "SloPortal", p.CreatedAt, found.ApprovedBy, p.ApprovedAt, p.PublishedAt,
            [.. revisions.Select(r => new ArchivedRevision(r.Number, r.AuthorName, r.SavedAt, Convert.ToHexStringLower(new FieldHash().Add(r.Title).Add(r.Summary).Add(r.Body).Compute())))],
            [.. linked.Select(a => new ArchivedAction(a.Code, a.Title, a.Team, a.DueOn, a.State, a.ProofUrl, a.Outcome))],
            [.. timeline.Select(EntryOf)],
            [.. attachments.Select((a, i) => new ArchivedAttachment(a.Id, ArchiveFiles.AttachmentPath(i + 1, a.FileName), a.FileName, a.ContentType, a.Size, Convert.ToHexStringLower(a.Sha256)))]);
        return (document, [.. attachments.Select(a => a.Content)]);
    }

    /// <summary>The incident and all that were merged into it, directly or by way of another.</summary>
    private static async Task<List<Guid>> FamilyAsync(PortalDbContext db, Guid? incidentId, CancellationToken ct)
    {
        if (incidentId is not { } first)
            return [];
        List<Guid> family = [first], last = [first];
        while (last.Count > 0)
        {
            var parents = last.ToArray();
            last = await db.Incidents.Where(i => i.MergedIntoId != null && parents.Contains(i.MergedIntoId.Value)).Select(i => i.Id).ToListAsync(ct);
            family.AddRange(last);
        }
        return family;
    }

    private static ArchivedEntry EntryOf(TimelineEntry e) => new(
        e.IncidentId, e.Number, e.Id, e.OccurredAt, e.RecordedAt, e.Kind.ToString(), e.Provenance.ToString(), e.AuthorKind.ToString(), e.AuthorId, e.AuthorName,
        e.Source, e.Body, e.Details, e.SupersedesId, e.ClientKey, Convert.ToHexStringLower(e.PreviousHash), Convert.ToHexStringLower(e.Hash));
}
