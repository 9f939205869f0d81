using System.Net;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Application.Incidents.StatusPages.Subscribers;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.StatusPages;

/// <summary>
/// By which people outside subscribe to a status page by mail, and end that. There is no session that a foreign page could use, so there is no
/// antiforgery token: the status page comes from a file and is the same for all, and what a link of a mail does is proven by the link. Opening a link
/// changes nothing, since mail programs and their guards open links by themselves; the page that it opens has a button.
/// </summary>
internal static class SubscriptionEndpoints
{
    public static void MapSubscriptions(this IEndpointRouteBuilder app)
    {
        var page = app.MapGroup("/status/{slug}").DisableAntiforgery().ExcludeFromDescription();
        // So that no page of others lends its visitors' addresses to a flood of questions.
        page.MapGroup("").RefuseCrossSiteChanges().MapPost("/subscribers", SubscribeAsync).WithMetadata(new EnableRateLimitingAttribute(RateLimitPolicies.Subscribe));

        page.MapGet("/confirm/{token}", (string slug, string token, string? key, HttpContext http, ReadSubscription.Handler read) =>
            AskAsync(new(SubscriberLink.Confirm, token, slug, key), http, read, "Confirm", found => $"Send every update to {found.Hint}?"));
        page.MapPost("/confirm/{token}", async (string slug, string token, string? key, HttpContext http, ConfirmSubscription.Handler confirm) =>
            Answer(http, slug, key, (await confirm.HandleAsync(new(token, slug, key), http.RequestAborted))
                .Then(done => (done.StatusPage, $"{done.Hint} gets every update from now on. Each mail has a link that ends them."))));
        page.MapGet("/unsubscribe/{token}", (string slug, string token, string? key, HttpContext http, ReadSubscription.Handler read) =>
            AskAsync(new(SubscriberLink.Unsubscribe, token, slug, key), http, read, "Unsubscribe", found => $"End the mails to {found.Hint}?"));
        // By the button, and by the mail program of the receiver with one press (RFC 8058).
        page.MapPost("/unsubscribe/{token}", async (string slug, string token, string? key, HttpContext http, EndSubscription.Handler end) =>
            Answer(http, slug, key, (await end.HandleAsync(new(token, slug), http.RequestAborted))
                .Then(done => (done.StatusPage, $"{done.Hint} is forgotten, and no more mail comes of this page.")), conflict: StatusCodes.Status200OK));
    }

    internal static async Task<IResult> SubscribeAsync(string slug, string? key, [FromForm] string? address, HttpContext http, SubscribeByMail.Handler subscribe) =>
        Answer(http, slug, key, (await subscribe.HandleAsync(new(slug, key, address), http.RequestAborted)).Then(title => (title,
            "Look into your mail. Unless this address gets the updates already, a link to confirm it is on its way. An address gets one such mail in an hour at most, and the link works for 24 hours.")));

    internal static async Task<IResult> AskAsync(
        ReadSubscription request, HttpContext http, ReadSubscription.Handler read, string button, Func<LinkedSubscription, string> question)
    {
        var outcome = await read.HandleAsync(request, http.RequestAborted).OrUnanswered();
        return Answer(http, request.StatusPage, request.Key, outcome.Then(found => (found.StatusPage, question(found))), outcome.Succeeded ? button : null);
    }

    /// <summary>One sentence under the page's title, and the way back.</summary>
    /// <param name="button">Sends the same address as a form; null where nothing is left to do.</param>
    /// <param name="conflict">The status where the state has moved on; a mail program that unsubscribes a second time has what it wanted.</param>
    internal static IResult Answer(HttpContext http, string slug, string? key, Outcome<(string Title, string Sentence)> outcome, string? button = null, int conflict = StatusCodes.Status409Conflict)
    {
        if (outcome.Refusal is { Kind: RefusalKind.NotFound })
            return Results.Text(StatusPageRules.NotServed, "text/plain", Encoding.UTF8, StatusCodes.Status404NotFound);
        StatusPageEndpoints.Guard(http.Response.Headers, isSecret: true);
        var (title, sentence) = outcome switch
        {
            { Refusal: null } => outcome.Value,
            // Of the portal behind the page, people outside know nothing.
            { Refusal.Kind: RefusalKind.Unavailable } => ("Updates by mail", "This does not work at the moment. Try again in a few minutes."),
            { Refusal: var refusal } => ("Updates by mail", refusal.Message),
        };
        var html = new StringBuilder(4096);
        StatusDocument.Begin(html, title, isSecret: true);
        html.Append("<h1>").Append(WebUtility.HtmlEncode(title)).Append("</h1><p role=\"status\">").Append(WebUtility.HtmlEncode(sentence)).Append("</p>");
        if (button is not null)
            html.Append("<form method=\"post\"><button type=\"submit\">").Append(button).Append("</button></form>");
        StatusDocument.End(html, Slug.IsValid(slug) ? $"<p><a href=\"{Routes.StatusPage(slug)}{StatusPageAddresses.Query(key)}\">To the status page</a></p>" : "");
        return Results.Text(html.ToString(), "text/html; charset=utf-8", Encoding.UTF8, outcome.Refusal?.Kind switch
        {
            null => StatusCodes.Status200OK,
            RefusalKind.Invalid => StatusCodes.Status400BadRequest,
            RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => conflict,
        });
    }
}
