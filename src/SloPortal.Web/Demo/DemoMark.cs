using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Domain.Common;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>What makes a database a demo database, and how far its history has come.</summary>
/// <param name="Start">Where history begins.</param>
/// <param name="End">The instant up to which history is told; the live part follows it.</param>
/// <param name="Position">The last minute that was played.</param>
/// <param name="Until">Up to where it was being played since: what is sent again after a crash must be the same pieces.</param>
internal sealed record DemoPosition(DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Position, DateTimeOffset? Until = null);

/// <summary>Keeps the mark in <c>portal_settings</c>.</summary>
internal sealed class DemoMark(IDbContextFactory<PortalDbContext> contexts, IConfiguration configuration)
{
    private const string Key = "demo";

    /// <summary>How much history there is; <c>Demo:Days</c> tells the same story in fewer.</summary>
    private TimeSpan History => TimeSpan.FromDays(Math.Clamp(configuration.GetValue("Demo:Days", (int)DemoCalendar.Whole.TotalDays), 1, (int)DemoCalendar.Whole.TotalDays));

    public async Task<DemoPosition?> ReadAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var value = await db.Settings.AsNoTracking().Where(s => s.Key == Key).Select(s => s.Value).SingleOrDefaultAsync(ct);
        return value is null ? null : JsonSerializer.Deserialize<DemoPosition>(value, PortalJson.Options);
    }

    /// <summary>Marks an empty database as one of the demo.</summary>
    /// <exception cref="DemoRefusedException">It holds people or services that the demo did not make.</exception>
    public async Task ClaimAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Settings.AnyAsync(s => s.Key == Key, ct))
            return;
        if (await db.Users.AnyAsync(ct) || await db.Services.AnyAsync(ct) || await db.Teams.AnyAsync(ct))
            throw new DemoRefusedException("This database holds real data, so no demo data is added to it; name an empty database in ConnectionStrings__Portal, or another folder in SLOPORTAL_DATA, and start with --demo again.");
        var end = MinuteClock.Floor(now);
        db.Settings.Add(new PortalSetting { Key = Key, Value = Text(new DemoPosition(end - History, end, end - History)) });
        await db.SaveChangesAsync(ct);
    }

    public async Task WriteAsync(DemoPosition position, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Settings.Where(s => s.Key == Key).ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, Text(position)), ct);
    }

    private static string Text(DemoPosition position) => JsonSerializer.Serialize(position, PortalJson.Options);
}
