using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Application.Incidents.Timeline.Marks;

/// <summary>Puts an entry into the short list of what must not be forgotten. The same entry with another label is called anew.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Entry">Of this incident, or of one that was merged into it.</param>
/// <param name="Label">What it says in few words; null leaves it to the entry.</param>
/// <param name="Number">The place of the entry in the incident's own chain, instead of <paramref name="Entry"/>.</param>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record PinEntry(int Incident, Guid? Entry, string? Label = null, int? Number = null, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<PinEntry>
    {
        public Validator()
        {
            RuleFor(r => r.Label).MustBePinLabel();
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry that says so.</returns>
        public Task<Outcome<int>> HandleAsync(PinEntry request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<PinEntry, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                var chains = (await TimelineScope.FindAsync(change.Db, request.Incident, actor, null, ct))!.Ids;
                var entry = await change.Db.TimelineEntries.AsNoTracking()
                    .SingleOrDefaultAsync(e => request.Entry != null ? e.Id == request.Entry && chains.Contains(e.IncidentId) : e.Number == request.Number && e.IncidentId == incident.Id, ct);
                if (entry is null)
                    return Refusal.NotFound(request.Number is { } number && request.Entry is null ? $"Entry {number}" : "This entry");
                if (EntryKinds.IsMark(entry.Kind))
                    return Refusal.Conflict("This entry says something of another. Pin that one.");
                var first = await MarkReading.FirstOfAsync(change.Db, entry, ct);
                return await PinAsync(change, incident, entry, first.Id, request.Label, request.ClientKey, actor, ct);
            }, ct);

        internal static async Task<Outcome<int>> PinAsync(Change change, Incident incident, TimelineEntry entry, Guid first, string? label, string? key, Actor actor, CancellationToken ct)
        {
            var said = string.IsNullOrWhiteSpace(label) ? null : label.Trim();
            if (PinnedEntries.WhyNot([.. await MarkReading.PinnedAsync(change.Db, incident.Id, ct)], first, said) is { } refusal)
                return refusal;
            return await EntryRules.SayAsync(change, incident, "incident.entry_pinned", new NewEntry(
                EntryKind.Pin, $"Pinned entry {entry.Number}" + (said is null ? "" : $": {said}"), ClientKey: key,
                Details: new PinDetails(first, entry.Number, said, true), Source: EntryRules.SourceOf(actor)), ct);
        }
    }
}
