using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Application.Incidents.Timeline.Marks;

/// <summary>Takes back that an entry rests on something. That it was said stays recorded, and it can be linked again.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Entry">Of this incident, or of one that was merged into it.</param>
/// <param name="Evidence">As it was linked.</param>
public sealed record UnlinkEvidence(int Incident, Guid Entry, Evidence Evidence, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<UnlinkEvidence>
    {
        public Validator()
        {
            RuleFor(r => r.Evidence).NotNull().WithMessage("Say from what it is unlinked.");
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry that says so.</returns>
        public Task<Outcome<int>> HandleAsync(UnlinkEvidence request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UnlinkEvidence, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                var scope = (await TimelineScope.FindAsync(change.Db, request.Incident, actor, null, ct))!;
                var chains = scope.Ids;
                if (await change.Db.TimelineEntries.AsNoTracking().SingleOrDefaultAsync(e => e.Id == request.Entry && chains.Contains(e.IncidentId), ct) is not { } entry)
                    return Refusal.NotFound("This entry");
                var evidence = LinkEvidence.Handler.Of(request.Evidence, entry);
                if (!(await MarkReading.OfAsync(change.Db, scope, actor, null, ct)).Links.Any(l => l.Entry == entry.Id && l.Evidence == evidence && l.Why is null))
                    return Refusal.Conflict("This entry is not linked to that.");
                return await EntryRules.SayAsync(change, incident, "incident.evidence_unlinked", new NewEntry(
                    EntryKind.Link, $"Took back that entry {entry.Number} rests on {LinkEvidence.Handler.Words(evidence)}", ClientKey: request.ClientKey,
                    Details: new LinkDetails(entry.Id, entry.Number, evidence.Kind, evidence.Reference, evidence.At, IsTakenBack: true), Source: EntryRules.SourceOf(actor)), ct);
            }, ct);
    }
}
