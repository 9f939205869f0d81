using System.Globalization;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Dependencies;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.Dependencies;

/// <summary>Dependencies, ceilings and risks as the pages say them.</summary>
internal static class DependencyWords
{
    // Three decimals: beyond what most targets need, and short enough to compare.
    private const int Decimals = 2;

    public static string Kind(DependencyKind kind) => kind == DependencyKind.Hard ? "hard" : "soft";

    /// <summary>"hard", "soft", "hard, one of the group carriers".</summary>
    public static string Of(DependencyEdge edge) => edge.Group is { } group ? $"{Kind(edge.Kind)}, one of the group {group}" : Kind(edge.Kind);

    public static string Share(double? share) => share is null ? "not measured" : PercentText.Attained(share, Decimals);

    public static string Attained(NodeMeasure? measure) => measure switch
    {
        { ByHand: true } => $"{PercentText.Attained(measure.Attained, Decimals)} by hand",
        { SliId: not null } => PercentText.Attained(measure.Attained, Decimals),
        _ => "not measured",
    };

    /// <summary>How things stand, in one or two sentences.</summary>
    public static string Standing(DependencyPicture picture, ServiceCeiling? ceiling)
    {
        var direct = picture.Below.Count(e => e.From == picture.ServiceId);
        var users = picture.Above.Count(e => e.On == picture.ServiceId);
        var needs = direct switch
        {
            0 => "Nothing is entered that it needs",
            1 => "It needs one thing",
            _ => $"It needs {direct} things",
        };
        var used = users switch { 0 => "nobody depends on it", 1 => "one service depends on it", _ => $"{users} services depend on it" };
        var limit = ceiling?.Reading switch
        {
            null => "",
            { Ceiling: { } known } => $" That allowed at most {Share(known.Observed)} in the last {ceiling.Days} days.",
            _ => " How much that allows is not known: none of it is measured.",
        };
        return $"{needs}, and {used}.{limit}";
    }

    public static (Tone Tone, string Word) Risk(RiskRow risk) => risk switch
    {
        { State: null } => (Tone.Warn, "Not assessed"),
        { IsOverdue: true } => (Tone.Bad, "Review overdue"),
        { State: RiskState.Open } => (Tone.Info, "Open"),
        { State: RiskState.Mitigated } => (Tone.Good, "Mitigated"),
        _ => (Tone.Neutral, "Accepted"),
    };

    public static string Risk(RiskState state) => state switch
    {
        RiskState.Open => "Open: something has to be done",
        RiskState.Mitigated => "Mitigated: a failure hurts less",
        RiskState.Accepted => "Accepted: known and borne",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string LeftOut(IReadOnlyList<LeftOutDependency> leftOut) =>
        $"Left out of both figures: {string.Join("; ", leftOut.Select(l => $"{l.Name}, since {l.Reason}"))}. What is not measured is not taken to be perfect: the real ceiling is at most what is shown.";

    public static string Minutes(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
