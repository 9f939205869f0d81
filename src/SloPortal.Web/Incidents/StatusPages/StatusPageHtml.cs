using System.Globalization;
using System.Net;
using System.Text;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Application.Incidents.StatusPages.Serving;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Updates;
using SloPortal.Web.Incidents.Updates;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.StatusPages;

/// <summary>A status page as one HTML document that needs nothing else: no script, no stylesheet, no session, no database.</summary>
internal static class StatusPageHtml
{
    /// <summary>Files are written every minute, so what is older was not renewed.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(5);

    /// <param name="key">The secret in the link, for the links to the feed; null where none is needed.</param>
    /// <param name="byMail">Whether people can subscribe by mail.</param>
    public static string Of(StatusPageView shown, string? key, bool byMail, DateTimeOffset now)
    {
        var html = new StringBuilder(8192);
        var query = StatusPageAddresses.Query(key);
        var title = Text(shown.Title);
        StatusDocument.Begin(html, $"{shown.Title}: {Overall(shown)}", isSecret: key is not null,
            $"<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{title}\" href=\"{Routes.StatusFeed(shown.Slug)}{query}\">");
        html.Append("<h1>").Append(title).Append("</h1><p class=\"overall\" data-tone=\"").Append(Tone(shown.Condition)).Append("\">")
            .Append(Sign(shown.Condition)).Append(' ').Append(Overall(shown)).Append("</p><p class=\"muted\">As of ").Append(Time(shown.AsOf)).Append("</p>");
        if (now - shown.AsOf > Stale)
            html.Append("<p class=\"note\" role=\"status\">The system behind this page does not answer at the moment. This is what was known ").Append(Text(HumanDuration.Text(now - shown.AsOf))).Append(" ago.</p>");
        html.Append("<h2>Services</h2><ul class=\"card services\">");
        foreach (var service in shown.Services)
            html.Append("<li><span>").Append(Text(service.Name)).Append("</span><span class=\"state\" data-tone=\"").Append(Tone(service.Condition)).Append("\">").Append(Sign(service.Condition)).Append(' ').Append(UpdateWords.Word(service.Condition)).Append("</span></li>");
        html.Append("</ul>");
        var open = shown.Incidents.Where(s => s.State != ToldState.Resolved).ToList();
        if (open.Count > 0)
            Stories(html, "Now", open);
        var past = shown.Incidents.Where(s => s.State == ToldState.Resolved).ToList();
        Stories(html, "The past 14 days", past);
        if (past.Count == 0)
            html.Append("<p class=\"muted\">").Append(open.Count > 0 ? "No other incidents." : "No incidents.").Append("</p>");
        if (byMail)
        {
            html.Append("<h2>Updates by mail</h2><form class=\"card subscribe\" method=\"post\" action=\"").Append(Routes.StatusSubscribers(shown.Slug)).Append(query)
                .Append("\"><label for=\"address\">Mail address</label><input id=\"address\" name=\"address\" type=\"email\" autocomplete=\"email\" maxlength=\"254\" required aria-describedby=\"subscribe-hint\"><button type=\"submit\">Subscribe</button>")
                .Append("<p id=\"subscribe-hint\" class=\"muted\">You confirm the address first. Every mail has a link that ends them.</p></form>");
        }
        StatusDocument.End(html, $"<p>Times are in UTC. <a href=\"{Routes.StatusFeed(shown.Slug)}{query}\">Feed</a> · <a href=\"{Routes.StatusJson(shown.Slug)}{query}\">JSON</a></p>");
        return html.ToString();
    }

    private static void Stories(StringBuilder html, string heading, List<StoryView> stories)
    {
        html.Append("<h2>").Append(heading).Append("</h2>");
        foreach (var story in stories)
        {
            html.Append("<article class=\"card\" id=\"").Append(story.Id.ToString("N")).Append("\"><h3>").Append(Text(story.Title)).Append("</h3><p class=\"muted\"><strong data-tone=\"").Append(Tone(story.State)).Append("\">")
                .Append(story.State).Append("</strong>").Append(story.Services.Count == 0 ? "" : " · " + Text(string.Join(", ", story.Services))).Append("</p><ol>");
            foreach (var update in story.Updates)
            {
                html.Append("<li><strong>").Append(update.State).Append("</strong> ").Append(Time(update.At)).Append("<p class=\"body\">").Append(Text(update.Body)).Append("</p>");
                if (update == story.Updates[0] && update.NextUpdateAt is { } next)
                    html.Append("<p class=\"muted\">Next update by ").Append(Time(next)).Append("</p>");
                html.Append("</li>");
            }
            html.Append("</ol></article>");
        }
    }

    private static string Overall(StatusPageView shown) => shown.Condition switch
    {
        ServiceCondition.Operational => shown.Incidents.Any(s => s.State != ToldState.Resolved) ? "All services work; an incident is being watched" : "All services work",
        ServiceCondition.Degraded => "Some services are degraded",
        ServiceCondition.Outage => "Some services are out",
        _ => throw new InvalidOperationException($"Unknown condition {shown.Condition}."),
    };

    /// <summary>A shape for each, so that it is told without its colour.</summary>
    private static string Sign(ServiceCondition condition) => "<span aria-hidden=\"true\">" + condition switch
    {
        ServiceCondition.Operational => "✓",
        ServiceCondition.Degraded => "▲",
        ServiceCondition.Outage => "✕",
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, null),
    } + "</span>";

    private static string Tone(ServiceCondition condition) => ToneName.Of(UpdateWords.ToneOf(condition));

    private static string Tone(ToldState state) => ToneName.Of(UpdateWords.ToneOf(state));

    private static string Time(DateTimeOffset at) =>
        $"<time datetime=\"{RelativeTime.Machine(at)}\">{at.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC</time>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
