using SloPortal.Data;

namespace SloPortal.Application.Catalog.Scoring;

/// <summary>The contracts with customers that are in term; the area Governance answers.</summary>
public interface IContractsInTerm
{
    /// <summary>By the service that they name.</summary>
    Task<ILookup<Guid, ContractInTerm>> ReadAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct);
}

/// <param name="Conflict">What is wrong between it and the objectives in force, in a sentence; null where nothing is.</param>
public sealed record ContractInTerm(string Customer, string? Conflict);
