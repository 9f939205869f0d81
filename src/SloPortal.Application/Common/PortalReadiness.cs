using Microsoft.EntityFrameworkCore;
using SloPortal.Data;

namespace SloPortal.Application.Common;

/// <summary>Something that the portal needs before it can do its work. Each area says what its part needs.</summary>
public interface IReadiness
{
    /// <summary>"ingest".</summary>
    string Name { get; }

    /// <summary>A sentence about what is missing; null when nothing is.</summary>
    string? Problem { get; }
}

/// <param name="Name">What was looked at.</param>
/// <param name="Problem">A sentence; null when all is well. It names no host and no account, since anybody may read it.</param>
public sealed record ReadinessFinding(string Name, string? Problem);

/// <summary>Whether this portal can do its work: the database answers, has the tables of this version, and every part is up.</summary>
public sealed class PortalReadiness(IDbContextFactory<PortalDbContext> contexts, IEnumerable<IReadiness> parts)
{
    /// <summary>A probe waits no longer than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyList<ReadinessFinding>> CheckAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var findings = new List<ReadinessFinding>();
        try
        {
            await using var db = await contexts.CreateDbContextAsync(patience.Token);
            var waiting = (await db.Database.GetPendingMigrationsAsync(patience.Token)).Count();
            findings.Add(new("database", null));
            findings.Add(new("migrations", waiting == 0 ? null : $"{waiting} migrations are not applied. The portal applies them when it starts; look into its log."));
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            // Whatever it is, the log says more about it than a probe should.
            findings.Add(new("database", "The database does not answer."));
        }
        findings.AddRange(parts.Select(p => new ReadinessFinding(p.Name, p.Problem)));
        return findings;
    }
}
