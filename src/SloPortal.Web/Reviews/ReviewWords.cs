using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Reviews.Markdown;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Reviews;

/// <summary>How the pages of a postmortem speak.</summary>
internal static class ReviewWords
{
    public static string State(PostmortemState state) => state switch
    {
        PostmortemState.Draft => "Draft",
        PostmortemState.InReview => "In review",
        PostmortemState.Approved => "Approved",
        PostmortemState.Published => "Published",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static Tone ToneOf(PostmortemState state) => state switch
    {
        PostmortemState.Draft => Tone.Neutral,
        PostmortemState.InReview => Tone.Info,
        PostmortemState.Approved or PostmortemState.Published => Tone.Good,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>"SEV-2, major".</summary>
    public static string Severity(IncidentSeverity? severity, string? name) => severity is not { } known ? "not said"
        : SeverityLevel.Code(known) + (name is null ? "" : ", " + name.ToLower(CultureInfo.CurrentCulture));

    public static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    public static string Names(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1];

    /// <summary>The text as it is read; names of files become their addresses, of two alike the later one's.</summary>
    public static MarkupString Html(string markdown, IReadOnlyList<AttachedFile> files) => new(ReviewMarkdown.ToHtml(
        markdown, name => files.LastOrDefault(f => f.FileName == name) is { } file ? Routes.AttachmentFile(file.Incident, file.Id) : null));
}
