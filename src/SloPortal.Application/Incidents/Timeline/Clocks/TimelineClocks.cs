using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Clocks;

namespace SloPortal.Application.Incidents.Timeline.Clocks;

/// <summary>What an entry of <see cref="EntryKind.Clock"/> says to programs.</summary>
internal sealed record ClockDetails(string Clock, decimal OffsetSeconds, decimal UncertaintySeconds, string Reason)
{
    public ClockOffset Offset => new(OffsetSeconds, UncertaintySeconds);
}

/// <param name="Incident">In whose chain it stands.</param>
internal sealed record GivenOffset(Guid Entry, Guid Incident, ClockDetails Details, DateTimeOffset RecordedAt, string By);

/// <summary>
/// The offsets of clocks: what was said last of each holds. What is said of an incident holds for those that were merged into it, and not the other way round.
/// </summary>
/// <param name="given">In the order of recording.</param>
internal sealed class TimelineClocks(IReadOnlyList<GivenOffset> given)
{
    /// <summary>Nobody said that one is off.</summary>
    public bool AreAsTheySay => given.Count == 0;

    /// <param name="survivor">The incident whose timeline is read.</param>
    /// <param name="chain">That one, or one that was merged into it.</param>
    public GivenOffset? Last(Guid survivor, Guid chain, string clock) =>
        given.LastOrDefault(g => (g.Incident == chain || g.Incident == survivor) && g.Details.Clock == clock);

    public ClockOffset Of(Guid survivor, Guid chain, string clock) => Last(survivor, chain, clock)?.Details.Offset ?? ClockOffset.None;

    /// <param name="isOrderOpen">See <see cref="EntryTime.IsOrderOpen"/>.</param>
    public EntryTime TimeOf(Guid survivor, TimedEntry entry, bool isOrderOpen = false)
    {
        var offset = Of(survivor, entry.IncidentId, entry.Clock);
        return new(offset.Correct(entry.OccurredAt), entry.Clock, offset.OffsetSeconds, offset.UncertaintySeconds, isOrderOpen);
    }

    /// <summary>The entries that may have happened the other way round.</summary>
    public IReadOnlySet<Guid> Open(Guid survivor, IReadOnlyCollection<TimedEntry> entries)
    {
        var superseded = entries.Select(e => e.SupersedesId).OfType<Guid>().ToHashSet();
        return EntryOrder.Open([.. entries.Where(e => !superseded.Contains(e.Id) && EntryKinds.IsWhatHappened(e.Kind)).Select(e =>
            TimeOf(survivor, e) is var time ? new PlacedEntry(e.Id, time.At, new ClockOffset(0, time.UncertaintySeconds).Uncertainty, e.Clock) : default)]);
    }

    /// <param name="knownAt">What was said later is left out.</param>
    public static async Task<TimelineClocks> ReadAsync(PortalDbContext db, Guid[] chains, DateTimeOffset? knownAt, CancellationToken ct)
    {
        var entries = await db.TimelineEntries.AsNoTracking().Where(e => chains.Contains(e.IncidentId) && e.Kind == EntryKind.Clock && (knownAt == null || e.RecordedAt <= knownAt))
            .OrderBy(e => e.RecordedAt).ThenBy(e => e.Number).Select(e => new { e.Id, e.IncidentId, e.Details, e.RecordedAt, e.AuthorName }).ToListAsync(ct);
        return new(entries.ConvertAll(e => new GivenOffset(e.Id, e.IncidentId, JsonSerializer.Deserialize<ClockDetails>(e.Details, PortalJson.Options)!, e.RecordedAt, e.AuthorName)));
    }
}
