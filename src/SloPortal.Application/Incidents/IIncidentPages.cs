using SloPortal.Data;

namespace SloPortal.Application.Incidents;

/// <summary>
/// Pages of what hangs on an incident. Areas below register one, so that a restriction also takes back the notices that lead there.
/// </summary>
public interface IIncidentPages
{
    /// <summary>Addresses from the root, as notices carry them.</summary>
    Task<IReadOnlyList<string>> OfAsync(PortalDbContext db, IReadOnlyCollection<Guid> incidents, CancellationToken ct);
}
