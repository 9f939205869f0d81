using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.Updates;

/// <summary>An update as people see it who work on the incident.</summary>
/// <param name="StatusPages">Slugs and titles of the pages that it goes to.</param>
/// <param name="DecidedBy">Who approved it or sent it back; null where nobody did.</param>
/// <param name="MayApprove">The actor may approve it or send it back.</param>
/// <param name="IsMine">The actor wrote it.</param>
public sealed record UpdateRow(
    Guid Id, UpdateState State, ToldState Told, string Title, string Body, DateTimeOffset? NextUpdateAt, IReadOnlyList<NamedSlug> StatusPages, IReadOnlyList<ConditionGiven> Services,
    string Author, DateTimeOffset WrittenAt, string? DecidedBy, string? SentBackBecause, DateTimeOffset? PublishedAt, bool MayApprove, bool IsMine, uint Version);

/// <param name="Published">The newest first.</param>
/// <param name="Drafts">What waits or was sent back, the oldest first.</param>
/// <param name="DueAt">When the next is due; null where none is.</param>
/// <param name="SuggestedNext">When the next could be promised, by the severity; null where it has no rhythm.</param>
/// <param name="MayWrite">The actor may write an update.</param>
public sealed record UpdatesRead(
    int Incident, IReadOnlyList<UpdateRow> Published, IReadOnlyList<UpdateRow> Drafts, DueBasis Basis, DateTimeOffset? DueAt, DateTimeOffset? SuggestedNext, bool IsOpen, bool IsRestricted,
    bool MayWrite, bool MayRun);

/// <summary>What stakeholders were told about an incident, what waits to be told, and when the next update is due. Reading a restricted one is recorded.</summary>
/// <param name="Incident">Number.</param>
public sealed record GetUpdates(int Incident)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads, TimeProvider clock)
    {
        public async Task<Outcome<UpdatesRead>> HandleAsync(GetUpdates request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var visible = db.IncidentsFor(actor).AsNoTracking();
            if (await visible.Include(i => i.Roles).SingleOrDefaultAsync(i => i.Number == request.Incident, ct) is not { } incident)
                return IncidentToChange.NotFound(request.Incident);
            if (incident.IsRestricted)
                await reads.RecordAsync(actor, "incident.read", "incident", incident.Id, IncidentToChange.Named(incident), ct);
            var published = await UpdatesOf.Published(db, visible, incident.Id).Take(100).ToListAsync(ct);
            var drafts = await db.IncidentUpdates.AsNoTracking()
                .Where(u => u.IncidentId == incident.Id && (u.State == UpdateState.Waiting || u.State == UpdateState.SentBack)).OrderBy(u => u.WrittenAt).ToListAsync(ct);
            var pages = await db.StatusPages.AsNoTracking().ToDictionaryAsync(p => p.Id, p => new NamedSlug(p.Slug, p.Title), ct);
            Guid[] touched = [.. published.Concat(drafts).SelectMany(u => u.Services).Select(s => s.ServiceId).Distinct()];
            var services = await db.Services.AsNoTracking().Where(s => touched.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Slug, ct);
            var mayRun = incident.MayBeRunBy(actor) && !incident.IsMerged;
            var isOpen = IncidentStatusRules.IsOpen(incident.Status);
            var last = published.Count == 0 ? null : new LastUpdate(published[0].Told, published[0].PublishedAt!.Value, published[0].NextUpdateAt);
            var due = UpdateCadence.Due(isOpen, incident.Severity, incident.DeclaredAt, last);
            return new UpdatesRead(
                incident.Number, published.ConvertAll(Row), drafts.ConvertAll(Row), due.Basis, due.At, now + UpdateCadence.Of(incident.Severity), isOpen, incident.IsRestricted,
                actor.May(Permission.Respond) && !incident.IsMerged, mayRun);

            UpdateRow Row(IncidentUpdate u) => new(
                u.Id, u.State, u.Told, u.Title, u.Body, u.NextUpdateAt, [.. u.StatusPages.Select(id => pages[id])],
                [.. u.Services.Where(s => services.ContainsKey(s.ServiceId)).Select(s => new ConditionGiven(services[s.ServiceId], s.Condition))], u.AuthorName, u.WrittenAt,
                u.DecidedByName, u.SentBackBecause, u.PublishedAt, u.State == UpdateState.Waiting && mayRun && u.AuthorId != actor.PersonId, u.AuthorId == actor.PersonId, u.Version);
        }
    }
}
