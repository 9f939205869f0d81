using System.Globalization;
using System.Net;
using System.Text;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>
/// The pages that open without a server, with nothing to fetch. What fits is all in index.html; of more, each page is written as soon as
/// it is full, so that no browser has to show and no portal to remember a hundred thousand rows, and index.html leads to the pages.
/// </summary>
internal sealed class ArchiveIndex(ArchiveZip zip, string selection, DateTimeOffset createdAt, int pageSize = 1000)
{
    private readonly List<string> contents = [];
    private readonly StringBuilder rows = new();
    private (string Code, DateTimeOffset? At) first;
    private (string Code, DateTimeOffset? At) last;
    private int onPage;
    private int count;

    public async Task AddAsync(ArchivedPostmortem document, CancellationToken ct)
    {
        if (onPage == pageSize)
            await EndPageAsync(ct);
        last = (document.Code, document.StartedAt ?? document.PublishedAt);
        if (onPage++ == 0)
            first = last;
        count++;
        rows.Append(RowOf(document));
    }

    /// <summary>Writes index.html.</summary>
    public async Task CompleteAsync(CancellationToken ct)
    {
        if (contents.Count > 0)
            await EndPageAsync(ct);
        var body = contents.Count == 0 ? Table(rows) : $"<table>\n<thead><tr><th>Page</th><th>Postmortems</th><th>Happened</th></tr></thead>\n<tbody>\n{string.Concat(contents)}</tbody>\n</table>\n";
        await zip.AddTextAsync("index.html", Page("Postmortems", $"{count.ToString("N0", CultureInfo.InvariantCulture)} published ({WebUtility.HtmlEncode(selection)}), exported {ArchiveFiles.Moment(createdAt)}. README.txt says how to verify them.", body), ct);
    }

    private async Task EndPageAsync(CancellationToken ct)
    {
        var number = (contents.Count + 1).ToString(CultureInfo.InvariantCulture);
        await zip.AddTextAsync($"index-{number}.html", Page($"Postmortems, page {number}", "<a href=\"index.html\">All pages</a>", Table(rows)), ct);
        contents.Add($"<tr><td><a href=\"index-{number}.html\">Page {number}</a></td><td>{onPage.ToString("N0", CultureInfo.InvariantCulture)}, {first.Code} to {last.Code}</td><td>{ArchiveFiles.Moment(first.At)} to {ArchiveFiles.Moment(last.At)}</td></tr>\n");
        rows.Clear();
        onPage = 0;
    }

    private static string Table(StringBuilder rows) =>
        $"<table>\n<thead><tr><th>Code</th><th>Postmortem</th><th>Severity</th><th>Began</th><th>Services</th><th>Factors</th><th>Files</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n";

    private static string RowOf(ArchivedPostmortem document)
    {
        var folder = ArchiveFiles.FolderOf(document.Code);
        var attachments = document.Attachments.Count switch { 0 => "", 1 => "<small>1 attachment</small>", var n => $"<small>{n.ToString(CultureInfo.InvariantCulture)} attachments</small>" };
        return $"""
            <tr><td>{document.Code}</td><td><a href="{folder}/{document.Code}.pdf">{Text(document.Title)}</a><small>{Text(document.Summary)}</small></td><td>{(document.Severity is { } s ? SeverityLevel.Code(s) : "")}</td><td>{ArchiveFiles.Moment(document.StartedAt)}</td><td>{Text(string.Join(", ", document.Services))}</td><td>{Text(string.Join(", ", document.Factors.Select(f => f.Factor)))}</td><td><a href="{folder}/{document.Code}.pdf">PDF</a> <a href="{folder}/{document.Code}.md">Markdown</a> <a href="{folder}/{document.Code}.json">JSON</a>{attachments}</td></tr>

            """;

        static string Text(string text) => WebUtility.HtmlEncode(text);
    }

    /// <param name="lead">Markup.</param>
    private static string Page(string title, string lead, string body) =>
        $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}}</title>
        <style>
        :root { color-scheme: light dark; --text: #1b1d21; --muted: #565c66; --line: #dedfdc; --ground: #fff; --link: #3446b8 }
        @media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --muted: #a3aab4; --line: #30353b; --ground: #111316; --link: #9db0ff } }
        body { font: 14px/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); margin: 32px auto; max-width: 1100px; padding: 0 16px }
        h1 { font-size: 22px; margin: 0 } p { color: var(--muted); margin: 4px 0 24px }
        table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line) }
        th { font-weight: 600; color: var(--muted) } td:nth-child(4) { white-space: nowrap; font-variant-numeric: tabular-nums } a { color: var(--link) } small { color: var(--muted); display: block }
        </style>
        </head>
        <body>
        <h1>{{title}}</h1>
        <p>{{lead}}</p>
        {{body}}</body>
        </html>

        """;
}
