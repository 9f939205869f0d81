using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>An entry before it has its number and its place in the chain.</summary>
/// <param name="OccurredAt">Null is now.</param>
/// <param name="ClientKey">The same key again is the same entry. Null gives it one of its own.</param>
/// <param name="Details">Serialised as JSON, for programs.</param>
/// <param name="Author">The name in a pasted chat; null is the actor.</param>
internal sealed record NewEntry(
    EntryKind Kind, string Body, DateTimeOffset? OccurredAt = null, string? ClientKey = null, object? Details = null,
    string Source = NewEntry.Portal, Guid? SupersedesId = null, string? Author = null, Provenance? Provenance = null)
{
    public const string Portal = "portal";
}

/// <summary>Appends to the timeline of an incident within a change; the one way in which an entry comes to be.</summary>
internal static class TimelineWriter
{
    /// <summary>
    /// Appends in the order given. What carries a client key that the timeline holds already is left out, so that whatever is sent
    /// twice stands once. Live pages are woken.
    /// </summary>
    /// <returns>The entry of each, new or known.</returns>
    public static async Task<IReadOnlyList<TimelineEntry>> AppendAsync(Change change, Incident incident, IReadOnlyList<NewEntry> entries, CancellationToken ct)
    {
        await LockAsync(change.Db, incident.Id, ct);
        var last = await change.Db.TimelineEntries.AsNoTracking().Where(e => e.IncidentId == incident.Id)
            .OrderByDescending(e => e.Number).Select(e => new { e.Number, e.Hash }).FirstOrDefaultAsync(ct);
        var keys = entries.Select(e => e.ClientKey).OfType<string>().ToArray();
        var known = keys.Length == 0 ? [] : await change.Db.TimelineEntries.AsNoTracking()
            .Where(e => e.IncidentId == incident.Id && keys.Contains(e.ClientKey)).ToDictionaryAsync(e => e.ClientKey, ct);
        var (number, previous) = (last?.Number ?? 0, last?.Hash ?? []);
        var written = new List<TimelineEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (entry.ClientKey is not null && known.TryGetValue(entry.ClientKey, out var same))
            {
                written.Add(same);
                continue;
            }
            var linked = Link(change, incident, entry, ++number, previous);
            previous = linked.Hash;
            known[linked.ClientKey] = linked;
            change.Db.TimelineEntries.Add(linked);
            written.Add(linked);
        }
        await change.Db.SaveChangesAsync(ct);
        change.Publish(Topic(incident.Id));
        return written;
    }

    /// <summary>One writer a timeline until the transaction ends: numbers leave no gap and the chain does not fork.</summary>
    public static Task LockAsync(PortalDbContext db, Guid incident, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"timeline/" + incident}, 0))", ct);

    /// <summary>Wakes pages that show this timeline.</summary>
    public static string Topic(Guid incidentId) => $"incident/{incidentId}";

    private static TimelineEntry Link(Change change, Incident incident, NewEntry entry, int number, byte[] previous)
    {
        var id = Guid.CreateVersion7(change.Now);
        var occurredAt = entry.OccurredAt?.ToUniversalTime() ?? change.Now;
        return Build(Build([]).ComputeHash());

        TimelineEntry Build(byte[] hash) => new()
        {
            Id = id,
            IncidentId = incident.Id,
            Number = number,
            OccurredAt = new DateTimeOffset(occurredAt.Ticks - occurredAt.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero),
            RecordedAt = change.Now,
            Kind = entry.Kind,
            Provenance = entry.Provenance ?? ProvenanceOf(change, occurredAt),
            AuthorKind = change.Actor.Kind,
            AuthorId = change.Actor.PersonId,
            AuthorName = entry.Author ?? change.Actor.Name,
            Source = entry.Source,
            Body = entry.Body,
            Details = entry.Details is null ? "{}" : JsonSerializer.Serialize(entry.Details, PortalJson.Options),
            SupersedesId = entry.SupersedesId,
            ClientKey = entry.ClientKey ?? id.ToString("N", CultureInfo.InvariantCulture),
            PreviousHash = previous,
            Hash = hash,
        };
    }

    private static Provenance ProvenanceOf(Change change, DateTimeOffset occurredAt) =>
        change.Actor.Kind == ActorKind.System ? Provenance.Observed
        : change.Now - occurredAt > TimelineEntry.AsItHappened ? Provenance.EnteredLater
        : Provenance.Asserted;
}
