namespace SloPortal.Web.Tests.Access.Table;

internal static class CommonRows
{
    public static IReadOnlyList<AccessRow> All { get; } =
    [
        // Without permission to read it finds pages only, and of those only what the role opens.
        new("GET /api/v1/find", Who.SignedIn, "/api/v1/find?q=checkout"),
        new("GET /health/live", Who.Everybody, "/health/live"),
        new("GET /health/ready", Who.Everybody, "/health/ready"),
        new("GET /openapi/{documentName}.json", Who.Everybody, "/openapi/v1.json"),
        new("GET /api-docs/{documentName?}", Who.Everybody, "/api-docs/v1"),
        new("GET /api-docs/scalar.js", Who.Everybody, "/api-docs/scalar.js"),
        new("GET /api-docs/scalar.aspnetcore.js", Who.Everybody, "/api-docs/scalar.aspnetcore.js"),
        new("GET /api-docs/favicon.svg", Who.Everybody, "/api-docs/favicon.svg"),
    ];
}
