using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Application.Incidents.Timeline.Marks;

/// <summary>Says what an entry rests on. It is an entry of its own; the one that it is about stays as it is.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Entry">Of this incident, or of one that was merged into it.</param>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record LinkEvidence(int Incident, Guid Entry, Evidence Evidence, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<LinkEvidence>
    {
        public Validator()
        {
            RuleFor(r => r.Evidence).NotNull().WithMessage("Say what it is linked to.");
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry that says so.</returns>
        public Task<Outcome<int>> HandleAsync(LinkEvidence request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<LinkEvidence, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                var scope = (await TimelineScope.FindAsync(change.Db, request.Incident, actor, null, ct))!;
                var chains = scope.Ids;
                var entry = await change.Db.TimelineEntries.AsNoTracking().SingleOrDefaultAsync(e => e.Id == request.Entry && chains.Contains(e.IncidentId), ct);
                if (entry is null)
                    return Refusal.NotFound("This entry");
                if (EntryKinds.IsMark(entry.Kind))
                    return Refusal.Conflict("This entry says something of another. Link that one.");
                return await LinkAsync(change, scope, incident, entry, request.Evidence, request.ClientKey, ct);
            }, ct);

        internal static async Task<Outcome<int>> LinkAsync(Change change, TimelineScope scope, Incident incident, TimelineEntry entry, Evidence evidence, string? key, CancellationToken ct)
        {
            var asked = Of(evidence, entry);
            if (asked.WhyNot() is { } refusal)
                return refusal;
            if (!(await EvidenceTitles.OfAsync(change.Db, change.Actor, [asked], ct)).ContainsKey(asked))
                return Refusal.Invalid(nameof(Evidence.Reference), $"There is no {Evidence.Word(asked.Kind)} of this name, or you may not see it.");
            var links = (await MarkReading.OfAsync(change.Db, scope, change.Actor, null, ct)).Links.Where(l => l.Entry == entry.Id).ToList();
            if (links.Any(l => l.Evidence == asked))
                return Refusal.Conflict("This entry is linked to that already.");
            if (links.Count >= Evidence.MostOfAnEntry)
                return Refusal.Conflict($"An entry is linked to at most {Evidence.MostOfAnEntry} things. Write another entry for what this one does not say.");
            return await EntryRules.SayAsync(change, incident, "incident.evidence_linked", new NewEntry(
                EntryKind.Link, $"Linked entry {entry.Number} to {Words(asked)}", ClientKey: key,
                Details: new LinkDetails(entry.Id, entry.Number, asked.Kind, asked.Reference, asked.At), Source: EntryRules.SourceOf(change.Actor)), ct);
        }

        /// <summary>As it stands in the timeline: the story of an objective shows the time of the entry unless another is given, and nothing else has one.</summary>
        internal static Evidence Of(Evidence evidence, TimelineEntry entry) =>
            evidence with { Reference = evidence.Reference?.Trim() ?? "", At = evidence.Kind == EvidenceKind.Objective ? evidence.At?.ToUniversalTime() ?? entry.OccurredAt : null };

        /// <summary>Without the title of what is inside the portal, which not everybody who reads the timeline may see.</summary>
        internal static string Words(Evidence evidence) => evidence.Kind switch
        {
            EvidenceKind.Address => evidence.Reference,
            EvidenceKind.Page => $"page {evidence.Reference}",
            EvidenceKind.Objective or EvidenceKind.Attachment or EvidenceKind.Sli or EvidenceKind.Incident => $"an {Evidence.Word(evidence.Kind)}",
            EvidenceKind.Signal or EvidenceKind.Deployment or EvidenceKind.Service or EvidenceKind.Probe or EvidenceKind.Vendor => $"a {Evidence.Word(evidence.Kind)}",
            _ => throw new ArgumentOutOfRangeException(nameof(evidence), evidence.Kind, null),
        };
    }
}
