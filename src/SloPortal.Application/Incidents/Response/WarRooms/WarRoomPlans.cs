using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Domain.Incidents.Response.WarRooms;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>What war rooms begin with: one value of the installation.</summary>
internal static class WarRoomPlans
{
    private const string Key = "war-room-plan";

    public static async Task<WarRoomPlan> InForceAsync(PortalDbContext db, CancellationToken ct) =>
        await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Key == Key, ct) is { } found ? Of(found) : WarRoomPlan.Usual;

    /// <summary>The value and its row, which nobody else changes until the transaction ends.</summary>
    public static async Task<(WarRoomPlan Plan, PortalSetting Row)> ToChangeAsync(PortalDbContext db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"INSERT INTO portal_settings (key, value) VALUES ({Key}, {Text(WarRoomPlan.Usual)}) ON CONFLICT DO NOTHING", ct);
        var row = await db.Settings.FromSql($"SELECT * FROM portal_settings WHERE key = {Key} FOR UPDATE").SingleAsync(ct);
        return (Of(row), row);
    }

    public static string Text(WarRoomPlan plan) => JsonSerializer.Serialize(plan, PortalJson.Options);

    private static WarRoomPlan Of(PortalSetting row) => JsonSerializer.Deserialize<WarRoomPlan>(row.Value, PortalJson.Options)!;
}

internal static class WarRoomRules
{
    public static void MustBeCallLink<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Custom((link, context) =>
        {
            if (!string.IsNullOrWhiteSpace(link) && WarRoomPlan.RefusalForLink(link.Trim()) is { } wrong)
                context.AddFailure(context.PropertyPath, wrong);
        });
}

/// <summary>Wakes what shows the room of an incident: who is here, its call, its tasks.</summary>
public static class WarRoomTopic
{
    public static string Of(Guid incidentId) => $"war-room/{incidentId}";
}
