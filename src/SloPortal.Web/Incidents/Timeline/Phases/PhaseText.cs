using SloPortal.Application.Incidents.Timeline.Phases;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline.Phases;

namespace SloPortal.Web.Incidents.Timeline.Phases;

/// <summary>Phases and the times between them as the pages say them.</summary>
internal static class PhaseText
{
    public const string Rule = "To detect, to mitigate and to resolve: since it began. To acknowledge: since it was detected.";

    /// <summary>Percentiles, and why no mean.</summary>
    public const string SpreadRule =
        "Percentiles are nearest ranks, so each is the time of an incident. There is no mean: a few long incidents would carry it. Incidents that were merged count in the one in which they went on, and only those that you may see count at all.";

    public static readonly string FewRule = $"Of fewer than {PhaseSpread.Few} incidents a percentile says little, and one more moves it; look at the incidents themselves.";

    /// <summary>"Acknowledged".</summary>
    public static string Word(Phase phase) => phase.ToString();

    /// <summary>"to acknowledge".</summary>
    public static string To(PhaseSpan span) => $"to {span.ToString().ToLowerInvariant()}";

    /// <summary>"Time to acknowledge".</summary>
    public static string Title(PhaseSpan span) => $"Time {To(span)}";

    /// <summary>"To acknowledge", where the column or the choice is known to be of times.</summary>
    public static string Column(PhaseSpan span) => $"To {span.ToString().ToLowerInvariant()}";

    /// <summary>Where it is measured from.</summary>
    public static string Since(PhaseSpan span) => PhaseWords.Ends(span).From == Phase.Began ? "since it began" : "since it was detected";

    /// <summary>The time that ends with the phase; null for the first.</summary>
    public static PhaseSpan? SpanOf(Phase phase) => Enum.GetValues<PhaseSpan>().Where(s => PhaseWords.Ends(s).To == phase).Cast<PhaseSpan?>().FirstOrDefault();

    /// <summary>What a derived phase rests on.</summary>
    public static string Sign(DerivedRow derived) => derived.From switch
    {
        SignKind.Start => "the start of the impact",
        SignKind.Alert => "a burn alert",
        SignKind.Page => $"page {derived.Page}",
        SignKind.Declaration => "the declaration",
        SignKind.PageTaken => $"taking page {derived.Page}",
        SignKind.Status => "a change of status",
        _ => throw new ArgumentOutOfRangeException(nameof(derived), derived.From, null),
    };

    /// <summary>Where that stands; null where nothing shows it.</summary>
    public static string? Address(DerivedRow derived, int incident) => derived switch
    {
        { Page: { } page } => Routes.Page(page),
        { Entry: { } entry } => $"{Routes.Incident(incident)}#entry-{entry}",
        { From: SignKind.Alert } => Routes.Alerts,
        _ => null,
    };

    /// <summary>"Detected after 4 min, acknowledged 6 min later": what is known, in one line.</summary>
    public static string Summary(PhasesRead read)
    {
        var known = Enum.GetValues<PhaseSpan>().Where(s => read.Lengths[(int)s].Seconds is not null)
            .Select(s => $"{PhaseWords.Word(PhaseWords.Ends(s).To)} {(s == PhaseSpan.Acknowledge ? $"{Length(read.Lengths[(int)s].Seconds)} later" : $"after {Length(read.Lengths[(int)s].Seconds)}")}").ToList();
        var text = known.Count == 0 ? "not detected yet, as far as is recorded" : string.Join(", ", known);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    public static string Length(double? seconds) => seconds is { } known ? HumanDuration.Text(TimeSpan.FromSeconds(known)) : "not known";
}
