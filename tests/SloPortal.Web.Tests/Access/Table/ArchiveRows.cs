using System.Net;

namespace SloPortal.Web.Tests.Access.Table;

internal static class ArchiveRows
{
    private const Who Exporters = Who.Owner | Who.OtherOwner | Who.Commander | Who.Auditor | Who.Administrator | Who.ReadToken | Who.OwnersToken;

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/archive/search", Who.Readers, "/api/v1/archive/search?q=anything"),
        new("GET /api/v1/postmortems", Who.Readers, "/api/v1/postmortems"),
        new("POST /api/v1/archive/import", Who.Administrators, "/api/v1/archive/import", new { files = new[] { new { name = "a.md", text = "---\ntitle: A\n---\nText." } } }),
        new("GET /api/v1/archive/public-key", Who.Readers, "/api/v1/archive/public-key"),
        new("POST /api/v1/archive/exports", Exporters, "/api/v1/archive/exports", new { query = "anything" }),
        new("GET /api/v1/archive/exports", Exporters, "/api/v1/archive/exports"),
        // An export is its asker's own, here the administrator's.
        new("GET /api/v1/archive/exports/{id:guid}", Who.Administrator | Who.ReadToken, async w => new($"/api/v1/archive/exports/{await RequestedAsync(w)}")) { HiddenFrom = Who.Readers },
        new("GET /api/v1/archive/exports/{id:guid}/file", Who.Administrator | Who.ReadToken, async w => new($"/api/v1/archive/exports/{await RequestedAsync(w)}/file")) { HiddenFrom = Who.Readers, Answer = HttpStatusCode.Conflict },
    ];

    private static async Task<Guid> RequestedAsync(AccessWorld world) => (await world.DoAsync("/archive/exports", new { query = "anything" })).GetGuid();
}
