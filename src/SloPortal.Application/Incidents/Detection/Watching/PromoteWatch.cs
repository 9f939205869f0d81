using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <summary>Declares an incident of a watched thing, once. What happened to it enters the timeline, linked to its evidence.</summary>
/// <param name="Title">Null is that of the watched thing.</param>
/// <param name="Restricted">Only the readers and the actor see that the incident exists; of the watched thing everybody sees that it was promoted.</param>
/// <param name="ClientKey">The same key again is the same incident.</param>
public sealed record PromoteWatch(
    Guid Id, IncidentSeverity Severity, string? Title = null, string? Summary = null, bool Restricted = false, IReadOnlyList<Guid>? Readers = null, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<PromoteWatch>
    {
        public Validator()
        {
            RuleFor(r => r.Severity).MustBeSeverity();
            RuleFor(r => r.Title!).MustBeIncidentTitle().When(r => r.Title is not null);
            RuleFor(r => r.Summary).MustBeIncidentSummary();
            RuleFor(r => r.Readers).Must(p => p is null or { Count: <= 200 }).WithMessage("At most 200 people can be named.");
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        internal const string Source = "watch list";

        /// <returns>The number of the incident.</returns>
        public Task<Outcome<int>> HandleAsync(PromoteWatch request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<PromoteWatch, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await WatchRules.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var item = found.Value;
                // To who may not see it, it is promoted like to everybody else.
                if (request.ClientKey is not null && await change.Db.IncidentsFor(actor).SingleOrDefaultAsync(i => i.Id == item.IncidentId, ct) is { } known
                    && await WatchRules.RepeatedAsync(change, item, request.ClientKey, ct))
                    return known.Number;
                // The history as it is before the promotion.
                var notes = await change.Db.WatchNotes.AsNoTracking().Where(n => n.ItemId == item.Id).OrderBy(n => n.Id).ToListAsync(ct);
                var service = await change.Db.Services.Where(s => s.Id == item.ServiceId).Select(s => s.Slug).SingleAsync(ct);
                var objective = item.ObjectiveId is null ? null : await change.Db.Objectives.Where(o => o.Id == item.ObjectiveId).Select(o => o.Slug).SingleAsync(ct);
                var id = Guid.CreateVersion7(change.Now);
                if (item.Promote(id, WatchRules.ActingIn(change, request.ClientKey)) is { } refusal)
                    return refusal;
                var declared = await DeclareIncident.Handler.DeclareAsync(new DeclareIncident(
                    request.Title ?? item.Title, request.Severity, [service], objective is null ? null : [new(service, objective)], item.LookedFrom ?? item.Since, request.Summary ?? item.Reason,
                    request.Restricted, request.Readers, ConfirmUnusualTime: true), change, id, ct);
                if (!declared.Succeeded)
                    return declared.Refusal;
                var incident = declared.Value;
                var entries = await TimelineWriter.AppendAsync(change, incident, [.. notes.Select(n => EntryOf(item, n))], ct);
                await LinkAsync(change, incident, item, service, objective, entries, ct);
                WatchRules.Record(change, "watch.promoted", item);
                if (item.OwnerId is { } owner && owner != actor.PersonId)
                    change.Tell([owner], $"{actor.Name} promoted what you watch: {item.Title}", WatchRules.AddressOf(item.Id));
                return incident.Number;
            }, ct);

        private static NewEntry EntryOf(WatchItem item, WatchNote note) => new(
            EntryKind.Note, $"On the watch list, {Word(note.Event)}{(note.ByPortal ? "" : " by " + note.ByName)}: {note.Said}", note.At, $"watch/{item.Id}/{note.Id}",
            new { Watch = item.Id, note.Event, note.Observed, note.Expected, note.PValue }, Source, Author: note.ByName,
            Provenance: note.ByPortal ? Domain.Incidents.Timeline.Provenance.Observed : Domain.Incidents.Timeline.Provenance.EnteredLater);

        /// <summary>What the last look rests on.</summary>
        private static async Task LinkAsync(Change change, Incident incident, WatchItem item, string service, string? objective, IReadOnlyList<TimelineEntry> entries, CancellationToken ct)
        {
            Evidence? evidence = item switch
            {
                { SliId: { } sli, SegmentId: { } segment } => new(EvidenceKind.Sli, FormattableString.Invariant($"{sli}/{segment}")),
                _ when objective is not null => new(EvidenceKind.Objective, $"{service}/{objective}", item.LookedTo ?? item.Since),
                _ => null,
            };
            if (evidence is not null && entries.Count > 0 && await TimelineScope.FindAsync(change.Db, incident.Number, change.Actor, null, ct) is { } scope)
                await LinkEvidence.Handler.LinkAsync(change, scope, incident, entries[^1], evidence, null, ct);
        }

        private static string Word(WatchEvent kind) => kind switch
        {
            WatchEvent.Added => "added",
            WatchEvent.FoundAgain => "found again",
            WatchEvent.Owned => "owned",
            WatchEvent.Extended => "extended",
            WatchEvent.Dismissed => "dismissed",
            WatchEvent.Expired => "expired",
            WatchEvent.Promoted => "promoted",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }
}
