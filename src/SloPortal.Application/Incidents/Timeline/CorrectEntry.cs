using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>Says anew what an entry says. The entry stays as it is and is shown as superseded.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Entry">Of this incident, or of one that was merged into it.</param>
/// <param name="OccurredAt">Null keeps the entry's.</param>
public sealed record CorrectEntry(
    int Incident, Guid Entry, string Body, string Reason, DateTimeOffset? OccurredAt = null, string? ClientKey = null, bool ConfirmUnusualTime = false)
{
    public sealed class Validator : AbstractValidator<CorrectEntry>
    {
        public Validator()
        {
            RuleFor(r => r.Body).MustBeEntryBody();
            RuleFor(r => r.Reason).MustBeReason();
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the correction.</returns>
        public Task<Outcome<int>> HandleAsync(CorrectEntry request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CorrectEntry, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                var chains = (await TimelineScope.FindAsync(change.Db, request.Incident, actor, null, ct))!.Ids;
                var original = await change.Db.TimelineEntries.AsNoTracking().SingleOrDefaultAsync(e => e.Id == request.Entry && chains.Contains(e.IncidentId), ct);
                if (original is null)
                    return Refusal.NotFound("This entry");
                if (EntryKinds.InsteadOfCorrecting(original.Kind) is { } instead)
                    return Refusal.Conflict(instead);
                if (await change.Db.TimelineEntries.AsNoTracking().Where(e => e.SupersedesId == original.Id).Select(e => new { e.Number, e.AuthorName }).FirstOrDefaultAsync(ct) is { } before)
                    return Refusal.Conflict($"{before.AuthorName} corrected this already, with entry {before.Number}. Correct that one.");
                if (request.OccurredAt is { } at && at != original.OccurredAt
                    && await AskedTime.AskAsync(change.Db, nameof(OccurredAt), at, incident.ServiceIds, change.Now, request.ConfirmUnusualTime, ct) is { } question)
                    return question;
                return await EntryRules.SayAsync(change, incident, "incident.entry_corrected", new NewEntry(
                    original.Kind, request.Body.Trim(), request.OccurredAt ?? original.OccurredAt, request.ClientKey, 
                    new { Corrects = original.Number, Reason = request.Reason.Trim(), Clock = Kept(request, original) },
                    EntryRules.SourceOf(actor), original.Id, Provenance: Provenance.EnteredLater), ct);
            }, ct);

        /// <summary>Whoever leaves the time leaves the clock by which it was told; another time is by the watch of whoever gives it.</summary>
        private static string? Kept(CorrectEntry request, TimelineEntry original) =>
            request.OccurredAt is { } at && at != original.OccurredAt ? null : TimedEntry.Of(original).Clock;
    }
}
