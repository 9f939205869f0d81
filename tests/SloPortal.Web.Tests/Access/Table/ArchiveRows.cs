namespace SloPortal.Web.Tests.Access.Table;

internal static class ArchiveRows
{
    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/archive/search", Who.Readers, "/api/v1/archive/search?q=anything"),
        new("GET /api/v1/postmortems", Who.Readers, "/api/v1/postmortems"),
        new("POST /api/v1/archive/import", Who.Administrators, "/api/v1/archive/import", new { files = new[] { new { name = "a.md", text = "---\ntitle: A\n---\nText." } } }),
    ];
}
