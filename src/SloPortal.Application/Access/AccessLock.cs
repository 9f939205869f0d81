using Microsoft.EntityFrameworkCore;
using SloPortal.Data;

namespace SloPortal.Application.Access;

/// <summary>Serialises, across all portals, what must see every administrator: set-up, and taking the role away.</summary>
internal static class AccessLock
{
    /// <summary>Any constant will do; all portals must use the same.</summary>
    private const long Key = 0x534C_4F41_4343_4553;

    /// <summary>Held until the transaction ends.</summary>
    public static Task TakeAsync(PortalDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Key})", ct);
}
