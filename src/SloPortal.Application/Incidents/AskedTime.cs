using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <summary>Asks about a time that somebody typed and that is unlikely, instead of swallowing it.</summary>
internal static class AskedTime
{
    /// <param name="field">Of the request, so that a form asks beside it.</param>
    /// <param name="services">Which the incident touches.</param>
    /// <param name="confirmed">It was asked before, and is meant.</param>
    /// <returns>The question; null where there is none.</returns>
    public static async Task<Refusal?> AskAsync(
        PortalDbContext db, string field, DateTimeOffset? at, IReadOnlyCollection<Guid> services, DateTimeOffset now, bool confirmed, CancellationToken ct)
    {
        if (confirmed || at is not { } instant)
            return null;
        var since = await db.Services.Where(s => services.Contains(s.Id)).MaxAsync(s => (DateTimeOffset?)s.CreatedAt, ct);
        return UnusualTime.Question(instant, now, since) is { } question ? Refusal.Invalid(field, question) : null;
    }
}
