using SloPortal.Data;

namespace SloPortal.Application.Catalog.Scoring;

/// <summary>The contracts with customers that are in term; the area Governance answers.</summary>
public interface IContractsInTerm
{
    /// <summary>How many name each service; services without any are left out.</summary>
    Task<IReadOnlyDictionary<Guid, int>> CountAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct);
}
