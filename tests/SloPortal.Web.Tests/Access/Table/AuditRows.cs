namespace SloPortal.Web.Tests.Access.Table;

internal static class AuditRows
{
    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/audit", Who.AuditReaders, "/api/v1/audit"),
        new("GET /api/v1/audit/export.csv", Who.AuditReaders, "/api/v1/audit/export.csv"),
        new("GET /api/v1/audit/export.jsonl", Who.AuditReaders, "/api/v1/audit/export.jsonl"),
        new("POST /api/v1/audit/verify", Who.AuditReaders, "/api/v1/audit/verify"),
    ];
}
