using SloPortal.Data;

namespace SloPortal.Application.Objectives.Portfolio;

/// <summary>What customers were promised about services; the area Governance answers.</summary>
public interface IPromisesToCustomers
{
    /// <summary>By service, what is wrong between its contracts in term and the objectives in force, in a sentence each.</summary>
    Task<ILookup<Guid, string>> ConflictsAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct);
}
