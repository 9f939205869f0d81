using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <summary>What the operations that change an incident share.</summary>
internal static class IncidentToChange
{
    /// <summary>
    /// The incident with all its parts, tracked, when the actor may see it and it was not merged. From here to the end of the
    /// transaction nobody else changes it.
    /// </summary>
    public static async Task<Outcome<Incident>> FindAsync(Change change, int number, CancellationToken ct)
    {
        if (await FindEvenMergedAsync(change, number, ct) is not { } incident)
            return NotFound(number);
        return incident.IsMerged ? Incident.MustNotBeMerged() : incident;
    }

    /// <summary>The same, when the actor may also decide here.</summary>
    public static async Task<Outcome<Incident>> FindToRunAsync(Change change, int number, CancellationToken ct)
    {
        var found = await FindAsync(change, number, ct);
        return !found.Succeeded || found.Value.MayBeRunBy(change.Actor) ? found
            : Refusal.Denied($"Incident commanders and the commander of {found.Value.Code} decide this. Ask one of them, or an administrator for the role.");
    }

    public static Refusal NotFound(int number) => Refusal.NotFound($"The incident {Incident.CodeOf(number)}");

    private static async Task<Incident?> FindEvenMergedAsync(Change change, int number, CancellationToken ct)
    {
        var visible = change.Db.IncidentsFor(change.Actor).Where(i => i.Number == number);
        if (await visible.Select(i => (Guid?)i.Id).SingleOrDefaultAsync(ct) is not { } id)
            return null;
        // Whoever waited here sees what the one before did; it may even have shut them out.
        await TimelineWriter.LockAsync(change.Db, id, ct);
        return await visible.WithParts().SingleOrDefaultAsync(ct);
    }

    /// <summary>With everything that its methods look at.</summary>
    public static IQueryable<Incident> WithParts(this IQueryable<Incident> incidents) => incidents.AsSplitQuery()
        .Include(i => i.Services).Include(i => i.Objectives).Include(i => i.Alerts).Include(i => i.Roles).Include(i => i.Readers);

    /// <summary>
    /// The number of the entry that carries the key already: what is sent again, because its answer was lost, changes nothing.
    /// </summary>
    public static async Task<int?> RepeatedAsync(Change change, Incident incident, string? clientKey, CancellationToken ct)
    {
        if (clientKey is null)
            return null;
        var known = await change.Db.TimelineEntries.Where(e => e.IncidentId == incident.Id && e.ClientKey == clientKey).Select(e => (int?)e.Number).SingleOrDefaultAsync(ct);
        if (known is not null)
            change.Audit("incident.repeated", "incident", incident.Id, incident.Code, new { clientKey });
        return known;
    }

    /// <summary>Records in timeline and audit what was changed, and wakes the pages that show it.</summary>
    /// <returns>The number of the entry.</returns>
    public static async Task<int> RecordAsync(Change change, Incident incident, string action, NewEntry entry, CancellationToken ct)
    {
        var written = await TimelineWriter.AppendAsync(change, incident, [entry], ct);
        change.Audit(action, "incident", incident.Id, Named(incident), entry.Details);
        change.Publish(Topic);
        return written[0].Number;
    }

    /// <summary>": we saw it again"; empty without a reason.</summary>
    public static string Because(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : ": " + reason.Trim();

    public static Refusal ChangedSince() => Refusal.Conflict(
        "Somebody else changed this incident since you opened it. Your text is still here; look at their change in the timeline, and make yours again.");

    /// <summary>As the audit names it: "INC-42 Checkout fails".</summary>
    public static string Named(Incident incident) => $"{incident.Code} {incident.Title}";

    /// <summary>Wakes lists of incidents.</summary>
    public const string Topic = "incidents";
}
