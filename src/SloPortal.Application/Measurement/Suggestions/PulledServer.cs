using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Data;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Suggestions;

/// <summary>Where the names of a source are known: at its server when it is pulled, else among the stored series.</summary>
internal static class PulledServer
{
    /// <summary>Null for a source that sends, and for one that does not exist, which has no series either.</summary>
    public static async Task<PrometheusServer?> FindAsync(IDbContextFactory<PortalDbContext> contexts, SourceSecrets secrets, int sourceId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var source = await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sourceId && s.Kind == SourceKind.Pull, ct);
        return source is null ? null : secrets.ServerOf(source);
    }
}
