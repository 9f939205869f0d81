using System.Globalization;
using System.Text;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Domain.Reviews.Writing;

/// <summary>
/// Begins a postmortem: what the portal knows of the incident is filled in, and what only people know is asked for. It speaks of
/// the system and of what was known at the time, never of who is to blame.
/// </summary>
public static class PostmortemDraft
{
    /// <summary>So many lines of the timeline stand in the text; the rest is read where it lies.</summary>
    public const int MostEntries = 500;

    /// <summary>As <see cref="PostmortemText.Title"/> and <see cref="PostmortemText.Summary"/> are stored.</summary>
    public const int TitleLength = 200;
    public const int SummaryLength = 4000;

    private static readonly (string Name, string Guidance)[] sections =
    [
        ("Impact", "What could users not do, for how long, and how many of them? Correct the figures where you know better."),
        ("Detection", "How did we learn of it, and what would have told us earlier?"),
        ("Timeline", "What was known at each moment? Times are in UTC. Leave out what does not help to understand it."),
        ("What happened", "How did the system come to fail? Tell it in the order of cause and effect."),
        ("Contributing factors", "What made it possible, likely or worse? Ask how each step made sense to those who took it."),
        ("What went well", "What limited the harm, and should be kept?"),
        ("Where we were lucky", "What could as well have gone worse, and would next time?"),
        ("Actions", "What changes so that it does not happen again, hurts less, or is found sooner? Each action has a team and a date; it is followed beside this text."),
    ];

    public static PostmortemText Compose(PostmortemFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return new PostmortemText(
            Cut($"{facts.Code}: {facts.Title}", TitleLength),
            Cut(facts.Summary.Length > 0 ? facts.Summary : Sentence(facts), SummaryLength),
            Write(name => name switch
            {
                "Impact" => Impact(facts),
                "Detection" => Detection(facts),
                "Timeline" => Timeline(facts),
                "Contributing factors" => [.. FactorKind.All.Select(k => $"- **{Capital(k.Word)}:** {k.Question}")],
                _ => [],
            }));
    }

    /// <summary>The sections alone, for what is no incident of the portal.</summary>
    public static string Blank() => Write(_ => []);

    private static string Sentence(PostmortemFacts facts) => string.Create(CultureInfo.InvariantCulture,
        $"{Names(facts.Services, "The service")} {(facts.Services.Count > 1 ? "were" : "was")} affected from {Minute(facts.StartedAt)}{(facts.EndedAt is { } end ? $" to {Minute(end)}, for {HumanDuration.Text(end - facts.StartedAt)}" : "")} ({facts.Severity}).");

    private static List<string> Impact(PostmortemFacts facts)
    {
        var lines = new List<string>
        {
            facts.UsersAffected is { } users ? $"- **Users:** {Figure(users)} affected." : "- **Users:** not counted. Give an estimate and how you came to it.",
            facts.EndedAt is { } end
                ? $"- **Time:** {Minute(facts.StartedAt)} to {Minute(end)}, {HumanDuration.Text(end - facts.StartedAt)} ({Figure(Math.Ceiling((end - facts.StartedAt).TotalMinutes))} minutes)."
                : $"- **Time:** since {Minute(facts.StartedAt)}; the end is not recorded.",
            $"- **Services:** {Names(facts.Services.Select(MarkdownText.Escape).ToArray(), "none named")}.",
        };
        lines.AddRange(facts.Budgets.Select(b => $"- **Budget of {MarkdownText.Escape(b.Objective)} ({b.Target}):** {Cost(b)}"));
        return lines;
    }

    private static string Cost(BudgetImpact budget) => budget is { Share: { } share, Minutes: { } minutes, Failed: { } failed }
        ? $"{PercentText.Spent(share)} spent, {Figure(Math.Round(minutes, 1))} minutes of budget, {Figure(Math.Round(failed))} failed events."
        : "nothing was measured in this time.";

    private static List<string> Detection(PostmortemFacts facts)
    {
        var lines = new List<string>
        {
            facts.Alert is { } alert
                ? $"- A burn alert of {MarkdownText.Escape(alert.Objective)} fired at {Minute(alert.FiredAt)}, {After(facts, alert.FiredAt)}."
                : $"- People noticed it: {MarkdownText.Escape(facts.DeclaredBy)} declared it. No burn alert belongs to it; was a signal missing?",
            $"- Declared at {Minute(facts.DeclaredAt)}, {After(facts, facts.DeclaredAt)}.",
        };
        foreach (var (word, at) in new[] { ("Acknowledged", facts.AcknowledgedAt), ("Mitigated", facts.MitigatedAt), ("Resolved", facts.ResolvedAt) })
        {
            if (at is { } instant)
                lines.Add($"- {word} at {Minute(instant)}, {After(facts, instant)}.");
        }
        return lines;
    }

    private static List<string> Timeline(PostmortemFacts facts)
    {
        if (facts.Timeline.Count == 0)
            return [];
        var lines = new List<string> { "| Time (UTC) | What happened | Known from |", "| --- | --- | --- |" };
        lines.AddRange(facts.Timeline.Take(MostEntries).Select(e =>
            $"| {e.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} | {MarkdownText.EscapeLine(e.Body)} | {MarkdownText.EscapeLine(e.Author)}{Known(e.Provenance)} |"));
        if (facts.Timeline.Count > MostEntries)
            lines.AddRange(["", $"{Figure(facts.Timeline.Count - MostEntries)} more entries stand in the timeline of {facts.Code}."]);
        if (facts.Attachments.Count > 0)
            lines.AddRange(["", "Files: " + string.Join(", ", facts.Attachments.Select(MarkdownText.AttachmentLink)) + "."]);
        return lines;
    }

    private static string Known(Provenance provenance) => provenance switch
    {
        Provenance.Observed => ", observed",
        Provenance.Asserted => "",
        Provenance.EnteredLater => ", entered later",
        _ => throw new ArgumentOutOfRangeException(nameof(provenance), provenance, null),
    };

    private static string Write(Func<string, IReadOnlyList<string>> linesOf)
    {
        var body = new StringBuilder();
        foreach (var (name, guidance) in sections)
        {
            body.Append(body.Length > 0 ? "\n" : "").Append("## ").Append(name).Append("\n\n> ").Append(guidance).Append('\n');
            if (linesOf(name) is { Count: > 0 } lines)
                body.Append('\n').AppendJoin('\n', lines).Append('\n');
        }
        return body.ToString();
    }

    private static string After(PostmortemFacts facts, DateTimeOffset at) => at - facts.StartedAt is { Ticks: > 0 } distance
        ? $"{HumanDuration.Text(distance)} after users felt it first"
        : "before or as users felt it first";

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string Figure(double figure) => figure.ToString("#,0.#", CultureInfo.InvariantCulture);

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private static string Names(IReadOnlyList<string> names, string none) => names.Count switch
    {
        0 => none,
        1 => names[0],
        _ => string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1],
    };
}
