using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Data.Common;

namespace SloPortal.Application.Incidents.Escalation.Pulse;

/// <summary>The address to which the heartbeat goes; its path is often a password.</summary>
public sealed class HeartbeatSecret(IDataProtectionProvider provider) : ProtectedText(provider, "SloPortal.PagerHeartbeat");

/// <summary>Where the heartbeat goes, and how the last one went.</summary>
/// <param name="Host">Of the address, with its port: all of it that is shown.</param>
/// <param name="SentAt">The last that was taken.</param>
/// <param name="Failures">In a row, up to now.</param>
internal sealed record Heartbeat(string ProtectedAddress, string Host, string SetBy, DateTimeOffset SetAt, DateTimeOffset? SentAt = null, int Failures = 0, string? Problem = null);

/// <summary>What the portal remembers of its watch over the pager: one value of the installation.</summary>
/// <param name="StoppedSince">Since when the pager was seen not to live; null while it does.</param>
/// <param name="IsTold">Administrators were told of that.</param>
internal sealed record PagerWatch(Heartbeat? Heartbeat = null, DateTimeOffset? StoppedSince = null, bool IsTold = false)
{
    public const string Key = "pager-watch";

    /// <summary>Changes when the pager stops or lives again, and with the heartbeat.</summary>
    public const string Topic = "pager";

    public static async Task<PagerWatch> ReadAsync(PortalDbContext db, CancellationToken ct) =>
        await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Key == Key, ct) is { } found ? Of(found) : new();

    /// <summary>Makes the change of the value as it stands, while nobody else can.</summary>
    public static async Task ChangeAsync(PortalDbContext db, Func<PagerWatch, PagerWatch> change, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"INSERT INTO portal_settings (key, value) VALUES ({Key}, {Text(new())}) ON CONFLICT DO NOTHING", ct);
        var row = await db.Settings.FromSql($"SELECT * FROM portal_settings WHERE key = {Key} FOR UPDATE").SingleAsync(ct);
        row.Value = Text(change(Of(row)));
    }

    private static PagerWatch Of(PortalSetting row) => JsonSerializer.Deserialize<PagerWatch>(row.Value, PortalJson.Options)!;

    private static string Text(PagerWatch watch) => JsonSerializer.Serialize(watch, PortalJson.Options);
}
