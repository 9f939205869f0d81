using System.Text;
using System.Text.Json;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Application.Incidents.StatusPages.Serving;
using SloPortal.Application.Incidents.StatusPages.Subscribers;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.StatusPages;

internal static class StatusPageEndpoints
{
    /// <summary>So long a reader waits for what the portal has just heard of, while it is being written.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapStatusPages(this RouteGroupBuilder api)
    {
        var pages = api.MapGroup("/status-pages").WithTags("Status pages");
        pages.MapGet("/", async (ListStatusPages.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListStatusPages(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListStatusPages").WithSummary("The status pages for people outside, and the services that they can show");
        pages.MapPost("/", async (AddStatusPage request, AddStatusPage.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(p => $"/api/v1/status-pages/{p.Slug}"))
            .WithName("AddStatusPage").WithSummary("Makes a status page; where it is read by link, only this answer shows the key");
        pages.MapPut("/{slug}", async (string slug, StatusPageGiven to, ChangeStatusPage.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeStatusPage(slug, to.Title, to.Audience, to.Services, to.NeedsApproval, to.Version), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ChangeStatusPage").WithSummary("Changes what a status page shows, and to whom; answers with a key where it needs one from now on");
        pages.MapPost("/{slug}/key", async (string slug, RotateStatusPageKey.Handler rotate, CurrentActor current, CancellationToken ct) =>
                (await rotate.HandleAsync(new RotateStatusPageKey(slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("RotateStatusPageKey").WithSummary("Gives a status page another secret link; the old one ends at once");
        pages.MapPost("/{slug}/archive", async (string slug, ArchiveStatusPage.Handler archive, CurrentActor current, CancellationToken ct) =>
                (await archive.HandleAsync(new ArchiveStatusPage(slug), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ArchiveStatusPage").WithSummary("Takes a status page off the net for good");
        pages.MapGet("/{slug}/subscribers", async ([AsParameters] SubscriberQuery asked, ListSubscribers.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListSubscribers(asked.Slug, asked.Text, asked.Page ?? 1, asked.Size ?? 50), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListSubscribers").WithSummary("Who gets the updates of a status page by mail; recorded, since addresses are people's");
        pages.MapDelete("/{slug}/subscribers/{id:guid}", async (string slug, Guid id, RemoveSubscriber.Handler remove, CurrentActor current, CancellationToken ct) =>
                (await remove.HandleAsync(new RemoveSubscriber(slug, id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RemoveSubscriber").WithSummary("Forgets a subscriber of a status page, with the mails that wait for them");
    }

    /// <summary>
    /// For people outside: no session, no cookie, no database. They are answered before anything that could ask for one, since they matter most
    /// when all else is away.
    /// </summary>
    public static void MapStatus(this IEndpointRouteBuilder app)
    {
        app.MapGet("/status/{slug}", (string slug, string? key, HttpContext http, StatusPageFiles files, StatusPageWriter writer, SubscriberLinks links, TimeProvider clock) =>
            AnswerAsync(slug, key, http, files, writer, "text/html; charset=utf-8", shown => StatusPageHtml.Of(shown, key, links.WhyNoMail is null, clock.GetUtcNow()))).ShortCircuit().ExcludeFromDescription();
        app.MapGet("/status/{slug}/feed.xml", (string slug, string? key, HttpContext http, StatusPageFiles files, StatusPageWriter writer) =>
            AnswerAsync(slug, key, http, files, writer, "application/atom+xml; charset=utf-8", shown => StatusPageFeed.Of(shown, PortalAddress.Of(http.Request), key))).ShortCircuit().ExcludeFromDescription();
        app.MapGet("/status/{slug}.json", (string slug, string? key, HttpContext http, StatusPageFiles files, StatusPageWriter writer) =>
            AnswerAsync(slug, key, http, files, writer, "application/json; charset=utf-8", shown => JsonSerializer.Serialize(shown, PortalJson.Options))).ShortCircuit().ExcludeFromDescription();
    }

    internal static async Task<IResult> AnswerAsync(
        string slug, string? key, HttpContext http, StatusPageFiles files, StatusPageWriter writer, string type, Func<StatusPageView, string> write)
    {
        await writer.SettleAsync(Patience, http.RequestAborted);
        Guard(http.Response.Headers, key is not null);
        return await files.ReadAsync(slug, key, http.RequestAborted) is { } shown
            ? Results.Text(write(shown), type, Encoding.UTF8)
            : Results.Text(StatusPageRules.NotServed, "text/plain", Encoding.UTF8, StatusCodes.Status404NotFound);
    }

    /// <param name="isSecret">The address is somebody's secret.</param>
    internal static void Guard(IHeaderDictionary headers, bool isSecret)
    {
        headers.CacheControl = isSecret ? "private, no-store" : "no-cache";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        if (isSecret)
            headers["X-Robots-Tag"] = "noindex";
    }

    internal sealed record SubscriberQuery
    {
        public required string Slug { get; init; }
        public string? Text { get; init; }
        public int? Page { get; init; }
        public int? Size { get; init; }
    }

    internal sealed record StatusPageGiven(string Title, StatusPageAudience Audience, IReadOnlyList<ShownServiceGiven> Services, bool NeedsApproval = true, uint? Version = null);
}
