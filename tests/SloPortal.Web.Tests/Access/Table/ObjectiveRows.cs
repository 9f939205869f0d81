using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Access.Table;

internal static class ObjectiveRows
{
    // The parties, of whom the owner proposed, and the team; with a token too, since nobody's word is given.
    private const Who Leaders = Who.Team | Who.Viewer | Who.ViewersToken;

    private static readonly object Reason = new { reason = "Because." };
    private static readonly object Lower = new { targetPercent = 98.5, window = "rolling 7d" };

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/objectives/export", Who.Owner | Who.OtherOwner | Who.Commander | Who.Auditor | Who.Administrator | Who.ReadToken | Who.OwnersToken, "/api/v1/objectives/export?form=openSlo"),
        // Each object is asked about for its own team; what one may not change is refused in the answer.
        new("POST /api/v1/objectives/import", Who.Owner | Who.OtherOwner | Who.OwnersToken | Who.Administrators, "/api/v1/objectives/import", new { dryRun = true, files = new[] { new { name = "a.yaml", text = "apiVersion: openslo/v1" } } }),
        new("GET /api/v1/objectives/in-force", Who.Readers, "/api/v1/objectives/in-force"),
        new("POST /api/v1/objectives", Who.Team, w => Task.FromResult(new Ask("/api/v1/objectives", w.Objective(w.Slug("objective"))))),
        new("GET /api/v1/objectives/{service}/{slug}", Who.Readers, "/api/v1/objectives/checkout/orders"),
        new("GET /api/v1/objectives/{service}/{slug}/verdict", Who.Readers, "/api/v1/objectives/checkout/orders/verdict"),
        new("GET /api/v1/objectives/{service}/{slug}/agreements", Who.Readers, "/api/v1/objectives/checkout/orders/agreements"),
        new("PUT /api/v1/objectives/{service}/{slug}", Who.Team, async w => new($"/api/v1/objectives/checkout/{(await w.ProposeAsync()).Objective}", new { name = "Renamed", description = "" })),
        new("POST /api/v1/objectives/{service}/{slug}/archive", Who.Team, async w => new($"/api/v1/objectives/checkout/{await w.WithdrawnAsync()}/archive", Reason)),
        new("POST /api/v1/objectives/{service}/{slug}/proposals", Who.Team, async w => new($"/api/v1/objectives/checkout/{await w.WithdrawnAsync()}/proposals", w.Terms())),
        // None of the seeded ones is managed by a file, which those who may are told.
        new("POST /api/v1/objectives/{service}/{slug}/release", Who.Team, async w => new($"/api/v1/objectives/checkout/{await w.WithdrawnAsync()}/release", new { })) { Answer = System.Net.HttpStatusCode.Conflict },

        new("GET /api/v1/proposals", Who.Readers, "/api/v1/proposals"),
        new("POST /api/v1/proposals/methods", Who.Readers, "/api/v1/proposals/methods", new { service = "checkout", sli = "orders", targetPercent = 99, window = "rolling 7d" }),
        new("POST /api/v1/proposals/preview", Who.Readers, "/api/v1/proposals/preview", new { service = "checkout", sli = "orders", targetPercent = 99, window = "rolling 7d" }),
        new("GET /api/v1/proposals/{id:guid}", Who.Readers, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}")),
        // The owner and, as stakeholder, the viewer are named; neither role nor token stands in for them.
        new("POST /api/v1/proposals/{id:guid}/sign", Who.Owner | Who.Viewer, async w => await w.ProposeAsync() is var (_, proposal) ? new($"/api/v1/proposals/{proposal}/sign", await w.SignatureAsync(proposal)) : null!),
        new("POST /api/v1/proposals/{id:guid}/reject", Who.Owner | Who.Viewer, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/reject", Reason)),
        // A position is a person's word, so no token states one.
        new("POST /api/v1/proposals/{id:guid}/positions", Who.People & ~Who.Auditor, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/positions", new { targetPercent = 99.5, why = "Because.", password = PortalHost.AdminPassword })),
        new("POST /api/v1/proposals/{id:guid}/comments", Who.People & ~Who.Auditor | Who.WriteToken | Who.ViewersToken | Who.OwnersToken, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/comments", new { text = "Hm." })),
        new("POST /api/v1/proposals/{id:guid}/invitees", Leaders, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/invitees", new { personId = await w.PersonAsync() })),
        new("PUT /api/v1/proposals/{id:guid}/deadline", Leaders, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/deadline", new { deadline = DateTimeOffset.UtcNow.AddDays(3) })),
        new("POST /api/v1/proposals/{id:guid}/arbiter", Leaders, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/arbiter", new { personId = await w.PersonAsync(), reason = "Because." })),
        new("POST /api/v1/proposals/{id:guid}/counter-offers", Who.Owner | Who.Viewer, async w => await w.ProposeAsync() is var (_, proposal)
            ? new($"/api/v1/proposals/{proposal}/counter-offers", new { terms = Lower, reason = "Because.", contentHash = await w.ContentHashAsync(proposal) }) : null!),
        new("POST /api/v1/proposals/{id:guid}/dissent", Who.Owner | Who.Viewer, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/dissent", Reason)),
        new("POST /api/v1/proposals/{id:guid}/decision", Who.Commander, async w =>
        {
            var (_, proposal) = await w.ProposeAsync();
            await w.DoAsync($"/proposals/{proposal}/arbiter", new { personId = await w.IdOfAsync(Who.Commander), reason = "Because." });
            return new($"/api/v1/proposals/{proposal}/decision", new { terms = Lower, reason = "Because.", contentHash = await w.ContentHashAsync(proposal), password = PortalHost.AdminPassword });
        }),
        // There is no risk in a target that the history holds, which those who may are told.
        new("POST /api/v1/proposals/{id:guid}/risk", Who.Administrator, async w => await w.ProposeAsync() is var (_, proposal)
            ? new($"/api/v1/proposals/{proposal}/risk", await w.SignatureAsync(proposal)) : null!) { Answer = System.Net.HttpStatusCode.Conflict },
        new("GET /api/v1/proposals/{id:guid}/demands", Who.Readers, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/demands")),
        new("GET /api/v1/proposals/{id:guid}/aspiration", Who.Readers, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/aspiration")),
        // Nor is such a target an aim.
        new("POST /api/v1/proposals/{id:guid}/aspiration", Leaders, async w => await w.ProposeAsync() is var (_, proposal)
            ? new($"/api/v1/proposals/{proposal}/aspiration", new { until = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30), actions = new[] { w.Action }, contentHash = await w.ContentHashAsync(proposal) }) : null!) { Answer = System.Net.HttpStatusCode.Conflict },
        new("POST /api/v1/proposals/{id:guid}/withdraw", Who.Team, async w => new($"/api/v1/proposals/{(await w.ProposeAsync()).Proposal}/withdraw", Reason)),
    ];
}
