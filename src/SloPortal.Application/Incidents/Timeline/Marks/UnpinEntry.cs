using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline.Marks;

/// <summary>Takes an entry from the short list. That it was pinned stays recorded, and it can be pinned again.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Entry">As it was first recorded, or what corrects it.</param>
public sealed record UnpinEntry(int Incident, Guid Entry, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<UnpinEntry>
    {
        public Validator() => RuleFor(r => r.ClientKey).MustBeClientKey();
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry that says so.</returns>
        public Task<Outcome<int>> HandleAsync(UnpinEntry request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UnpinEntry, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                var chains = (await TimelineScope.FindAsync(change.Db, request.Incident, actor, null, ct))!.Ids;
                var entry = await change.Db.TimelineEntries.AsNoTracking().SingleOrDefaultAsync(e => e.Id == request.Entry && chains.Contains(e.IncidentId), ct);
                if (entry is null)
                    return Refusal.NotFound("This entry");
                var first = await MarkReading.FirstOfAsync(change.Db, entry, ct);
                if ((await MarkReading.PinnedAsync(change.Db, incident.Id, ct)).All(p => p.Entry != first.Id))
                    return Refusal.Conflict("This entry is not pinned.");
                return await EntryRules.SayAsync(change, incident, "incident.entry_unpinned", new NewEntry(
                    EntryKind.Pin, $"Unpinned entry {entry.Number}", ClientKey: request.ClientKey, Details: new PinDetails(first.Id, entry.Number, null, false), Source: EntryRules.SourceOf(actor)), ct);
            }, ct);
    }
}
