using SloPortal.Data;

namespace SloPortal.Application.Incidents.Triage;

/// <summary>What is known of the causes of past incidents; areas below answer.</summary>
public interface IKnownCauses
{
    /// <summary>A sentence for each incident of which it is known. The caller asks only for those that its reader may see.</summary>
    Task<IReadOnlyDictionary<Guid, string>> OfAsync(PortalDbContext db, IReadOnlyCollection<Guid> incidents, CancellationToken ct);
}
