using System.Globalization;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Reviews.Archive.Exporting.Pdf;

/// <summary>A postmortem as a printed report: what it is, the text, the actions, the timeline with its numbers.</summary>
internal static class PostmortemPdf
{
    public static byte[] Write(ArchivedPostmortem document)
    {
        using var flow = new PdfFlow(document.Title, document.CreatedBy);
        Line(document.Code + (document.Incident is { } incident ? $" · {incident}" : "") + (document.Severity is { } severity ? $" · {SeverityLevel.Code(severity)}" : ""), 9, muted: true, after: 2);
        Line(document.Title, 20, bold: true, after: 6);
        if (document.Summary.Length > 0)
            Line(document.Summary, 11, after: 10);
        foreach (var (name, value) in FactsOf(document).Where(f => !string.IsNullOrEmpty(f.Value)))
            flow.Paragraph([new(name + "   ", PdfFonts.Of(9), PdfFlow.Muted), new(value!, PdfFonts.Of(9), PdfFlow.Ink)], after: 1);
        flow.Space(8);
        flow.Rule();
        new MarkdownPdf(flow).Write(document.Body);
        if (document.Actions.Count > 0)
        {
            Heading("Actions");
            flow.Table([Row(true, "Action", "Team", "Due", "State"), .. document.Actions.Select(a => Row(false, $"{a.Code} {a.Title}", a.Team, a.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), a.State))]);
        }
        if (document.Timeline.Count > 0)
        {
            Heading("Timeline as recorded (UTC)");
            var corrected = document.Timeline.Where(e => e.SupersedesId is not null).Select(e => e.SupersedesId!.Value).ToHashSet();
            foreach (var entry in document.Timeline.OrderBy(e => e.OccurredAt).ThenBy(e => e.Number))
            {
                flow.Paragraph(
                    [
                        new(entry.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "  ", PdfFonts.Of(8.5, mono: true), PdfFlow.Muted),
                        new(entry.Body + " ", PdfFonts.Of(9.5), PdfFlow.Ink),
                        new(string.Create(CultureInfo.InvariantCulture, $"({entry.AuthorName}, entry {entry.Number}{(corrected.Contains(entry.Id) ? ", corrected later" : "")})"), PdfFonts.Of(8), PdfFlow.Muted),
                    ], after: 3);
            }
        }
        return flow.Finish($"{document.Code} · {(document.Title.Length > 80 ? document.Title[..80] + "…" : document.Title)}");

        void Line(string text, double size, bool bold = false, bool muted = false, double after = 6) =>
            flow.Paragraph([new(text, PdfFonts.Of(size, bold), muted ? PdfFlow.Muted : PdfFlow.Ink)], after: after);

        void Heading(string text)
        {
            flow.Space(10);
            flow.Room(60);
            Line(text, 13, bold: true, after: 4);
        }
    }

    private static IEnumerable<(string Name, string? Value)> FactsOf(ArchivedPostmortem d) =>
    [
        ("Felt by users", d.StartedAt is { } from ? ArchiveFiles.Moment(from) + (d.EndedAt is { } to ? $" to {ArchiveFiles.Moment(to)} ({HumanDuration.Text(to - from)})" : "") : null),
        ("Services", string.Join(", ", d.Services)),
        ("Contributing factors", string.Join(", ", d.Factors.Select(f => f.Factor))),
        ("Origin", d.Origin),
        ("Written by", string.Join(", ", d.Revisions.Select(r => r.Author).Distinct().DefaultIfEmpty(d.CreatedBy))),
        ("Approved", d.ApprovedBy is null ? null : $"{d.ApprovedBy}, {ArchiveFiles.Moment(d.ApprovedAt)}"),
        ("Published", ArchiveFiles.Moment(d.PublishedAt)),
    ];

    private static IReadOnlyList<IReadOnlyList<PdfRun>> Row(bool isHead, params string[] cells) =>
        [.. cells.Select(c => (IReadOnlyList<PdfRun>)[new PdfRun(c, PdfFonts.Of(9, isHead), PdfFlow.Ink)])];
}
