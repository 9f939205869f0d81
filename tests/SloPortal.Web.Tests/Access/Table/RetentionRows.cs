namespace SloPortal.Web.Tests.Access.Table;

internal static class RetentionRows
{
    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/retention", Who.AuditReaders, "/api/v1/retention"),
        new("GET /api/v1/retention/{kind}/preview", Who.AuditReaders, "/api/v1/retention/minutes/preview?days=200"),
        new("PUT /api/v1/retention/{kind}", Who.Administrators, async w =>
        {
            var kinds = (await w.ReadAsync("/retention")).GetProperty("kinds");
            return new("/api/v1/retention/messages", new { days = (int?)null, reason = "Looked at.", version = kinds.EnumerateArray().Single(k => k.GetProperty("kind").GetString() == "messages").GetProperty("version").GetUInt32() });
        }),
        new("POST /api/v1/retention/minima", Who.Administrators, w => Task.FromResult(new Ask("/api/v1/retention/minima", Minimum(w)))),
        new("POST /api/v1/retention/minima/{id:guid}/applies", Who.Administrators, async w =>
            new($"/api/v1/retention/minima/{(await w.DoAsync("/retention/minima", Minimum(w))).GetString()}/applies", new { applies = true, reason = "It does." })),
        new("POST /api/v1/retention/holds", Who.Administrators, async w => new("/api/v1/retention/holds", new { service = await w.ServiceAsync(), reason = "A case." })),
        new("POST /api/v1/retention/holds/{id:guid}/release", Who.Administrators, async w =>
        {
            var hold = (await w.DoAsync("/retention/holds", new { service = await w.ServiceAsync(), reason = "A case." })).GetString();
            return new($"/api/v1/retention/holds/{hold}/release", new { reason = "It is closed." });
        }),
    ];

    private static object Minimum(AccessWorld w) => new { framework = w.Slug("law"), kind = "audit", days = 30, source = "Article 1", readOn = "2026-11-01" };
}
