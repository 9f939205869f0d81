using System.Globalization;
using System.Net;
using System.Text;
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

    private const string Style =
        """
        :root{color-scheme:light dark;--bg:light-dark(#f7f7f5,#111316);--surface:light-dark(#fff,#191c20);--line:light-dark(#dedfdc,#30353b);--text:light-dark(#1b1d21,#e8eaed);--muted:light-dark(#565c66,#a3aab4);--link:light-dark(#3446b8,#9db0ff);--good:light-dark(#0b7265,#4fd1be);--warn:light-dark(#9a4b00,#f5b759);--bad:light-dark(#b3241b,#ff8a7a);--info:light-dark(#1f5fbf,#7db5ff)}
        *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
        main,footer{max-width:760px;margin:0 auto;padding:24px 16px}h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:32px 0 8px}h3{font-size:16px;margin:0}p{margin:0}a{color:var(--link)}
        .overall{font-size:18px;font-weight:600;margin:0 0 4px}.muted,time{color:var(--muted);font-size:13px}.card{background:var(--surface);border:1px solid var(--line);border-radius:6px;list-style:none;margin:0 0 12px;padding:0}
        .services li{display:flex;gap:12px;justify-content:space-between;padding:10px 16px}.services li+li{border-top:1px solid var(--line)}.state{white-space:nowrap;font-weight:600}
        [data-tone=good]{color:var(--good)}[data-tone=warn]{color:var(--warn)}[data-tone=bad]{color:var(--bad)}[data-tone=info]{color:var(--info)}
        article.card{padding:16px}article ol{list-style:none;margin:12px 0 0;padding:0}article ol li{border-top:1px solid var(--line);padding:12px 0 0;margin:12px 0 0}.body{white-space:pre-line;margin:4px 0}
        .note{border:1px solid var(--warn);border-radius:6px;padding:10px 16px;margin:12px 0 0}footer{padding-top:0}a:focus-visible{outline:2px solid var(--link);outline-offset:2px}@media print{body{background:#fff}}
        """;

    /// <param name="key">The secret in the link, for the links to the feed; null where none is needed.</param>
    public static string Of(StatusPageView shown, string? key, DateTimeOffset now)
    {
        var html = new StringBuilder(8192);
        var query = StatusPageEndpoints.Query(key);
        var title = Text(shown.Title);
        html.Append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">")
            .Append(key is null ? "" : "<meta name=\"robots\" content=\"noindex\">")
            .Append("<title>").Append(title).Append(": ").Append(Overall(shown)).Append("</title>")
            .Append("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"").Append(title).Append("\" href=\"").Append(Routes.StatusFeed(shown.Slug)).Append(query).Append("\">")
            .Append("<style>").Append(Style).Append("</style></head><body><main><h1>").Append(title).Append("</h1><p class=\"overall\" data-tone=\"").Append(Tone(shown.Condition)).Append("\">")
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
        return html.Append("</main><footer class=\"muted\"><p>Times are in UTC. <a href=\"").Append(Routes.StatusFeed(shown.Slug)).Append(query).Append("\">Feed</a> · <a href=\"").Append(Routes.StatusJson(shown.Slug)).Append(query)
            .Append("\">JSON</a></p></footer></body></html>").ToString();
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
