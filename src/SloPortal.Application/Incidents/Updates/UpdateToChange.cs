using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Application.Incidents.StatusPages.Subscribers;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.Updates;

/// <summary>What the operations on updates share.</summary>
internal static class UpdateToChange
{
    /// <summary>Wakes what shows updates of incidents.</summary>
    public const string Topic = "incident-updates";

    /// <param name="version">As the actor read it; null takes it as it is now.</param>
    public static async Task<Outcome<IncidentUpdate>> FindAsync(Change change, Incident incident, Guid id, uint? version, CancellationToken ct)
    {
        if (await change.Db.IncidentUpdates.SingleOrDefaultAsync(u => u.Id == id && u.IncidentId == incident.Id, ct) is not { } update)
            return Refusal.NotFound("The update");
        if (version is { } read)
            change.Db.Entry(update).Property(u => u.Version).OriginalValue = read;
        return update;
    }

    /// <summary>Records what became of a draft.</summary>
    public static void Record(Change change, Incident incident, string action, IncidentUpdate update, object? details = null)
    {
        change.Audit(action, "incident", incident.Id, IncidentToChange.Named(incident), details ?? new { Update = update.Id, update.Told, update.Title });
        change.Publish(Topic);
    }

    /// <summary>Writes in timeline and audit what stakeholders are told from now on, wakes the status pages and lets their subscribers be told.</summary>
    public static async Task RecordPublishedAsync(Change change, Incident incident, IncidentUpdate update, PortalSettings portal, CancellationToken ct)
    {
        var slugs = await change.Db.StatusPages.Where(p => update.StatusPages.Contains(p.Id)).OrderBy(p => p.Title).Select(p => p.Slug).ToListAsync(ct);
        var where = slugs.Count == 0 ? "in the portal" : string.Join(", ", slugs.Select(s => portal.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') + StatusPageAddresses.Of(s) : s));
        var next = update.NextUpdateAt is { } at ? $"\nNext update: {at.UtcDateTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture)} UTC" : "";
        await TimelineWriter.AppendAsync(change, incident, [new NewEntry(
            EntryKind.Update, $"Stakeholders were told ({update.Told.ToString().ToLowerInvariant()}), {where}\n{update.Title}: {update.Body}{next}", ClientKey: $"update/{update.Id}",
            Details: new { Update = update.Id, update.Told, StatusPages = slugs, update.NextUpdateAt, Author = update.AuthorName, ApprovedBy = update.DecidedByName })], ct);
        Record(change, incident, "incident.update_published", update, new { Update = update.Id, update.Told, update.Title, StatusPages = slugs, Author = update.AuthorName, update.NextUpdateAt });
        change.Publish(StatusPageAddresses.Topic);
        await MailSubscribers.QueueAsync(change, update, ct);
    }

    /// <summary>Tells those who can approve it soonest: whoever commands the incident, or else all who may.</summary>
    public static async Task TellWaitingAsync(Change change, Incident incident, IncidentUpdate update, CancellationToken ct)
    {
        IReadOnlyList<Guid> people = incident.HolderOf(IncidentRole.Commander) is { } commander && commander != update.AuthorId
            ? [commander]
            : [.. (await IncidentPeople.CommandersAsync(change.Db, ct)).Where(p => p != update.AuthorId && incident.MayBeSeenBy(p))];
        change.Tell(people, $"{update.AuthorName} wrote an update about {incident.Code} that waits for approval: {update.Title}", IncidentAddresses.Of(incident.Number));
    }

    public static void TellAuthor(Change change, Incident incident, IncidentUpdate update, string sentence)
    {
        if (incident.MayBeSeenBy(update.AuthorId) && update.AuthorId != change.Actor.PersonId)
            change.Tell([update.AuthorId], sentence, IncidentAddresses.Of(incident.Number));
    }
}
