using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;

namespace SloPortal.Application.Incidents.Detection.Intake;

/// <summary>Remembers deliveries that carry a name of their own.</summary>
internal static class DeliveryLog
{
    /// <summary>Those that were not taken before, of two with the same name in one batch the first; what has no name is always new.</summary>
    public static async Task<List<ReceivedSignal>> TakeNewAsync(PortalDbContext db, Guid source, IReadOnlyList<ReceivedSignal> received, DateTimeOffset now, CancellationToken ct)
    {
        if (received.All(r => r.Delivery is null))
            return [.. received];
        var added = await AddAsync(db, source, [.. received.Select(r => r.Delivery).OfType<string>().Distinct()], now, ct);
        return [.. received.Where(r => r.Delivery is null || added.Remove(Name(r.Delivery)))];
    }

    /// <summary>Whether a delivery was taken before.</summary>
    public static Task<bool> KnowsAsync(PortalDbContext db, Guid source, IEnumerable<string> deliveries, CancellationToken ct)
    {
        byte[][] keys = [.. deliveries.Select(Key)];
        return db.SignalDeliveries.AnyAsync(d => d.SourceId == source && keys.Contains(d.Key), ct);
    }

    /// <returns>The names of those that were new.</returns>
    public static async Task<HashSet<string>> AddAsync(PortalDbContext db, Guid source, IReadOnlyList<string> deliveries, DateTimeOffset now, CancellationToken ct)
    {
        byte[][] keys = [.. deliveries.Select(Key)];
        var added = await db.Database.SqlQuery<byte[]>(
            $"""
            INSERT INTO signal_deliveries (source_id, key, received_at) SELECT {source}, k, {now} FROM unnest({keys}) AS k
            ON CONFLICT (source_id, key) DO NOTHING RETURNING key AS "Value"
            """).ToListAsync(ct);
        return [.. added.Select(Convert.ToHexString)];
    }

    private static byte[] Key(string delivery) => SHA256.HashData(Encoding.UTF8.GetBytes(delivery));

    private static string Name(string delivery) => Convert.ToHexString(Key(delivery));
}
