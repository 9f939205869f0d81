namespace SloPortal.Web.Tests.Access.Table;

internal static class ChangeRows
{
    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/deployments", Who.Readers, "/api/v1/deployments?service=checkout"),
        new("POST /api/v1/deployments", Who.TeamSenders | Who.Owner | Who.Administrator, "/api/v1/deployments", new { service = "checkout", version = "7.42" }),
    ];
}
