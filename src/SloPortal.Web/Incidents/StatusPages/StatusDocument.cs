using System.Net;
using System.Text;

namespace SloPortal.Web.Incidents.StatusPages;

/// <summary>The frame of what people outside see: one HTML document that needs nothing else, no script, no stylesheet, no session.</summary>
internal static class StatusDocument
{
    private const string Style =
        """
        :root{color-scheme:light dark;--bg:light-dark(#f7f7f5,#111316);--surface:light-dark(#fff,#191c20);--line:light-dark(#dedfdc,#30353b);--text:light-dark(#1b1d21,#e8eaed);--muted:light-dark(#565c66,#a3aab4);--link:light-dark(#3446b8,#9db0ff);--good:light-dark(#0b7265,#4fd1be);--warn:light-dark(#9a4b00,#f5b759);--bad:light-dark(#b3241b,#ff8a7a);--info:light-dark(#1f5fbf,#7db5ff)}
        *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
        main,footer{max-width:760px;margin:0 auto;padding:24px 16px}h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:32px 0 8px}h3{font-size:16px;margin:0}p{margin:0}a{color:var(--link)}
        .overall{font-size:18px;font-weight:600;margin:0 0 4px}.muted,time{color:var(--muted);font-size:13px}.card{background:var(--surface);border:1px solid var(--line);border-radius:6px;list-style:none;margin:0 0 12px;padding:0}
        .services li{display:flex;gap:12px;justify-content:space-between;padding:10px 16px}.services li+li{border-top:1px solid var(--line)}.state{white-space:nowrap;font-weight:600}
        [data-tone=good]{color:var(--good)}[data-tone=warn]{color:var(--warn)}[data-tone=bad]{color:var(--bad)}[data-tone=info]{color:var(--info)}
        article.card{padding:16px}article ol{list-style:none;margin:12px 0 0;padding:0}article ol li{border-top:1px solid var(--line);padding:12px 0 0;margin:12px 0 0}.body{white-space:pre-line;margin:4px 0}
        form{margin:16px 0 0}form.subscribe{margin:0;display:flex;flex-wrap:wrap;gap:8px;padding:16px}.subscribe label,.subscribe p{flex-basis:100%}input{flex:1 1 220px;min-width:0}
        input,button{font:inherit;min-height:44px;padding:8px 12px;border:1px solid var(--muted);border-radius:6px;background:var(--surface);color:var(--text)}button{border-color:var(--link);background:var(--link);color:var(--surface);cursor:pointer}
        .note{border:1px solid var(--warn);border-radius:6px;padding:10px 16px;margin:12px 0 0}footer{padding-top:0}a:focus-visible,input:focus-visible,button:focus-visible{outline:2px solid var(--link);outline-offset:2px}@media print{body{background:#fff}}
        """;

    /// <param name="title">Of the browser's window.</param>
    /// <param name="isSecret">Its address is somebody's secret.</param>
    /// <param name="head">Further elements of the head, as HTML.</param>
    public static void Begin(StringBuilder html, string title, bool isSecret, string head = "") =>
        html.Append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">")
            .Append(isSecret ? "<meta name=\"robots\" content=\"noindex\">" : "").Append("<title>").Append(WebUtility.HtmlEncode(title)).Append("</title>").Append(head)
            .Append("<style>").Append(Style).Append("</style></head><body><main>");

    /// <param name="foot">As HTML.</param>
    public static void End(StringBuilder html, string foot) => html.Append("</main><footer class=\"muted\">").Append(foot).Append("</footer></body></html>");
}
