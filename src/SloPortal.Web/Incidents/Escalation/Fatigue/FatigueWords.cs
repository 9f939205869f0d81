using System.Globalization;
using SloPortal.Application.Incidents.Escalation.Fatigue;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation.Fatigue;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Escalation.Fatigue;

/// <summary>The figures of the fatigue report as people read them.</summary>
internal static class FatigueWords
{
    /// <summary>Monday first, as the table of the week has them.</summary>
    public static IReadOnlyList<DayOfWeek> Days { get; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public static readonly string Night = $"{NightHours.From}:00 to 0{NightHours.To}:00";

    private static readonly int Lasting = (int)PageOutcomes.Lasting.TotalMinutes;

    public static string ActionableRule { get; } =
        $"A page was worth it if a person took it and it went on for {Lasting} minutes or longer after that. It needed nobody if it ended by itself before anybody took it, or within {Lasting} minutes after. "
        + "All others tell neither, and are left out of the share. Whether an incident was declared is not asked, since not everybody may see each.";

    public const string CensoredRule =
        "From the moment the page called, or called anew because it got worse. A page that nobody took is no zero and is not left out: it counts as one that waited at least as long as it lasted "
        + "(the estimate of Kaplan and Meier). A percentile that is not reached would need more pages to have been taken.";

    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Share(double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0} %") : "unknown";

    public static string Took(double? seconds) => seconds is { } known ? HumanDuration.Text(TimeSpan.FromSeconds(known)) : "not reached";

    /// <summary>As <see cref="Took"/>, where there may be nothing to tell it from.</summary>
    public static string Took(TimeToTake time, double? seconds) => time.Taken + time.Untaken == 0 ? "no page" : Took(seconds);

    /// <summary>"12 before".</summary>
    public static string Before(int before) => $"{Count(before)} before";

    public static string Outcome(PageOutcome outcome) => outcome switch
    {
        PageOutcome.ActedOn => "Worth it",
        PageOutcome.OverAtOnce => "Over at once",
        PageOutcome.EndedUntaken => "Ended by itself",
        PageOutcome.Unanswered => "Nobody answered",
        PageOutcome.ClosedByHand => "Closed by hand",
        PageOutcome.TakenAtSource => "Taken at its source",
        PageOutcome.Waiting => "Not told yet",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    public static string Meaning(PageOutcome outcome) => outcome switch
    {
        PageOutcome.ActedOn => $"a person took it, and it went on for {Lasting} min or longer",
        PageOutcome.OverAtOnce => $"a person took it, and it ended by itself within {Lasting} min",
        PageOutcome.EndedUntaken => "before anybody took it",
        PageOutcome.Unanswered => "all levels were called, and nobody took it",
        PageOutcome.ClosedByHand => $"a person ended it without taking it, or within {Lasting} min of taking it; why is not known",
        PageOutcome.TakenAtSource => "the program that sent it said that somebody is at it",
        PageOutcome.Waiting => "it still calls, or was taken just now",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    public static string Bar(WaitBar bar) => (bar.FromSeconds, bar.BelowSeconds) switch
    {
        (0, { } below) => $"under {HumanDuration.Text(TimeSpan.FromSeconds(below))}",
        (var from, null) => $"{HumanDuration.Text(TimeSpan.FromSeconds(from))} or more",
        var (from, below) => $"{HumanDuration.Text(TimeSpan.FromSeconds(from))} to {HumanDuration.Text(TimeSpan.FromSeconds(below.Value))}",
    };

    /// <summary>How things stand, in one line.</summary>
    public static string Sentence(FatigueSpanFigures span)
    {
        if (span.Figures.Pages == 0)
            return "Nobody was called in this time.";
        var called = span.People.Count switch { 0 => "reached nobody", 1 => "called one person", var n => $"called {Count(n)} people" };
        var nights = span.People.Sum(p => p.Figures.Nights);
        return $"{Pages(span.Figures.Pages)} {called}, {nights switch { 0 => "none at night", 1 => "in one night of one person", _ => $"and broke {Count(nights)} nights of theirs" }}.";
    }

    public static string Pages(int count) => count == 1 ? "One page" : $"{Count(count)} pages";

    /// <summary>What a slice of pages is, for the head of their list.</summary>
    public static string Slice(PageSlice slice, string? person)
    {
        var who = slice.Person is null ? "somebody" : person ?? "somebody who is not known";
        var when = string.Concat(
            slice.At switch { null => "", RestTime.Night => $" at night ({Night})", RestTime.Weekend => " at the weekend", _ => throw new ArgumentOutOfRangeException(nameof(slice), slice.At, null) },
            slice.Day is { } day ? $" on a {day}" : "", slice.Hour is { } hour ? string.Create(CultureInfo.InvariantCulture, $" from {hour:00}:00 to {(hour + 1) % 24:00}:00") : "");
        string?[] parts =
        [
            when.Length > 0 ? $"that called {who}{when}, by the clock of whom they called" : slice.Person is not null ? $"that called {who}" : null,
            slice.Taken switch { null => null, true => slice.Person is null ? "that a person took" : "that this person took", false => slice.Person is null ? "that nobody took" : "that this person did not take" },
            slice.Bar is { } bar && WaitBar.Of([]) is var bars && bar >= 0 && bar < bars.Count ? $"that called for {Bar(bars[bar])}" : null,
            slice.Outcome is { } outcome ? $"with the outcome \"{Outcome(outcome)}\"" : null,
        ];
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } text ? text : "without tests";
    }

    public static Tone ToneOf(PageOutcome outcome) => outcome switch
    {
        PageOutcome.ActedOn => Tone.Good,
        PageOutcome.OverAtOnce or PageOutcome.EndedUntaken => Tone.Warn,
        PageOutcome.Unanswered => Tone.Bad,
        PageOutcome.ClosedByHand or PageOutcome.TakenAtSource or PageOutcome.Waiting => Tone.Neutral,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
