using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline.Marks;

/// <summary>Writes a note and pins it, or neither.</summary>
/// <param name="Incident">Number.</param>
/// <param name="OccurredAt">Null is now.</param>
/// <param name="ClientKey">The same key again is the same note.</param>
/// <param name="ConfirmUnusualTime">A time that was asked about is meant.</param>
public sealed record PinNote(int Incident, string Body, DateTimeOffset? OccurredAt = null, string? ClientKey = null, bool ConfirmUnusualTime = false)
{
    public sealed class Validator : AbstractValidator<PinNote>
    {
        public Validator()
        {
            RuleFor(r => r.Body).MustBeEntryBody();
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the note.</returns>
        public Task<Outcome<int>> HandleAsync(PinNote request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<PinNote, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                if (await AskedTime.AskAsync(change.Db, nameof(OccurredAt), request.OccurredAt, incident.ServiceIds, change.Now, request.ConfirmUnusualTime, ct) is { } question)
                    return question;
                var note = (await TimelineWriter.AppendAsync(
                    change, incident, [new NewEntry(EntryKind.Note, request.Body.Trim(), request.OccurredAt, request.ClientKey, Source: EntryRules.SourceOf(actor))], ct))[0];
                change.Audit("incident.entry_added", "incident", incident.Id, IncidentToChange.Named(incident));
                var pinned = await PinEntry.Handler.PinAsync(change, incident, note, note.Id, null, null, actor, ct);
                return pinned.Succeeded ? note.Number : pinned.Refusal;
            }, ct);
    }
}
