using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <summary>Notices name what they are about; those who may not know of it any more lose them.</summary>
internal static class HiddenNotices
{
    /// <param name="below">What areas below have on the incident.</param>
    public static async Task RemoveAsync(Change change, Incident restricted, IEnumerable<IIncidentPages> below, CancellationToken ct)
    {
        var readers = restricted.Readers.Select(r => r.PersonId).ToArray();
        var merged = await change.Db.Incidents.Where(i => i.MergedIntoId == restricted.Id).Select(i => new { i.Id, i.Number }).ToListAsync(ct);
        List<string> addresses = [IncidentAddresses.Of(restricted.Number), .. merged.Select(m => IncidentAddresses.Of(m.Number))];
        addresses.AddRange(await TeamCalls.ForgetAsync(change, [restricted.Id, .. merged.Select(m => m.Id)], ct));
        foreach (var pages in below)
            addresses.AddRange(await pages.OfAsync(change.Db, [restricted.Id, .. merged.Select(m => m.Id)], ct));
        foreach (var address in addresses)
        {
            var lost = change.Db.Notices
                .Where(n => !readers.Contains(n.PersonId) && (n.Address == address || n.Address.StartsWith(address + "/") || n.Address.StartsWith(address + "?") || n.Address.StartsWith(address + "#")));
            // From the pages that they have open too.
            foreach (var person in await lost.Select(n => n.PersonId).Distinct().ToListAsync(ct))
                change.Publish(PersonNotices.Topic(person));
            await lost.ExecuteDeleteAsync(ct);
        }
    }
}
