using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <summary>Notices name what they are about; those who may not know of it any more lose them.</summary>
internal static class HiddenNotices
{
    public static async Task RemoveAsync(Change change, Incident restricted, CancellationToken ct)
    {
        var readers = restricted.Readers.Select(r => r.PersonId).ToArray();
        var numbers = await change.Db.Incidents.Where(i => i.MergedIntoId == restricted.Id).Select(i => i.Number).ToListAsync(ct);
        foreach (var address in numbers.Append(restricted.Number).Select(IncidentAddresses.Of))
        {
            await change.Db.Notices
                .Where(n => !readers.Contains(n.PersonId) && (n.Address == address || n.Address.StartsWith(address + "/") || n.Address.StartsWith(address + "?") || n.Address.StartsWith(address + "#")))
                .ExecuteDeleteAsync(ct);
        }
    }
}
