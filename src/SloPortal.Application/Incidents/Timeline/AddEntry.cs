using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>Writes an entry into the timeline.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Kind">A note, a decision, or what users felt. Everything else is written by what it is about.</param>
/// <param name="OccurredAt">Null is now.</param>
/// <param name="ClientKey">The same key again is the same entry.</param>
/// <param name="ConfirmUnusualTime">A time that was asked about is meant.</param>
public sealed record AddEntry(
    int Incident, string Body, EntryKind Kind = EntryKind.Note, DateTimeOffset? OccurredAt = null, string? ClientKey = null, bool ConfirmUnusualTime = false)
{
    public sealed class Validator : AbstractValidator<AddEntry>
    {
        public Validator()
        {
            RuleFor(r => r.Body).MustBeEntryBody();
            RuleFor(r => r.Kind).Must(k => k is EntryKind.Note or EntryKind.Decision or EntryKind.Impact).WithMessage("What one writes is a note, a decision or impact.");
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(AddEntry request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddEntry, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                if (await AskedTime.AskAsync(change.Db, nameof(OccurredAt), request.OccurredAt, incident.ServiceIds, change.Now, request.ConfirmUnusualTime, ct) is { } question)
                    return question;
                return await EntryRules.SayAsync(change, incident, "incident.entry_added",
                    new NewEntry(request.Kind, request.Body.Trim(), request.OccurredAt, request.ClientKey, Source: EntryRules.SourceOf(actor)), ct);
            }, ct);
    }
}
