using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;

namespace SloPortal.Application.Budgets.Tuning;

/// <summary>What a policy, or other rules beside it, would have done over the stored history.</summary>
/// <param name="Id">Of what is kept of it, so that a change of the policy to these rules is justified by it; null where nothing is kept.</param>
/// <param name="Days">As asked; an objective with less history is replayed over what it has.</param>
/// <param name="Zone">By whose clock nights are told.</param>
/// <param name="IsOther">The rules tested are not those in force.</param>
/// <param name="ToleranceMinutes">How far an alert may begin from an interval and still stand for it.</param>
/// <param name="Sentence">What would change, in words.</param>
/// <param name="WithoutHistory">Objectives of which nothing is counted, by name.</param>
/// <param name="NothingKnown">Objectives without a labelled interval in the span: their alerts are not judged.</param>
public sealed record PolicyTested(
    Guid? Id, Guid PolicyId, DateTimeOffset From, DateTimeOffset To, int Days, string Zone, bool IsOther, double ToleranceMinutes, string Sentence,
    SideTested InForce, SideTested Tested, IReadOnlyList<ObjectiveTested> Objectives, IReadOnlyList<string> WithoutHistory, IReadOnlyList<string> NothingKnown)
{
    /// <summary>All objectives that the policy could be tried on.</summary>
    public IReadOnlyList<ObjectiveChoice> Choices { get; init; } = [];
}

public sealed record ObjectiveChoice(string Service, string Objective, string Name);

/// <summary>One of the two sets of rules.</summary>
public sealed record SideTested(AlertFigures Pages, AlertFigures Tickets, IReadOnlyList<RuleTested> Rules);

/// <param name="LeftOutOf">Of how many objectives the rule makes no sense for.</param>
public sealed record RuleTested(string Name, AlertSeverity Severity, AlertFigures Figures, int LeftOutOf);

/// <param name="From">Start of what was replayed: later than asked where the history is shorter.</param>
/// <param name="Gained">Pages of the tested rules alone.</param>
/// <param name="Lost">Pages of the rules in force alone.</param>
public sealed record ObjectiveTested(
    string Service, string ServiceName, string Objective, string ObjectiveName, DateTimeOffset From, DateTimeOffset To, AlertFigures InForce, AlertFigures Tested,
    IReadOnlyList<TestedAlert> InForcePages, IReadOnlyList<TestedAlert> TestedPages, IReadOnlyList<TestedAlert> Gained, IReadOnlyList<TestedAlert> Lost,
    IReadOnlyList<TestedInterval> Intervals, IReadOnlyList<LowTraffic> LowTraffic);

/// <summary>A page that would have gone out. At most <see cref="Most"/> of a kind are listed; the figures count all.</summary>
/// <param name="IsTrue">Null where nothing is known of the objective.</param>
/// <param name="Known">What it stands for.</param>
/// <param name="Story">Address of the objective's story at that time.</param>
public sealed record TestedAlert(DateTimeOffset From, DateTimeOffset To, bool Lasts, bool? IsTrue, string? Known, string Story)
{
    public const int Most = 200;
}

/// <summary>An interval that should have paged, by either set of rules.</summary>
/// <param name="Kind">What is known; only intervals that should page can be detected.</param>
/// <param name="Mark">Id of the mark, where somebody marked it.</param>
/// <param name="BudgetShare">What failed in it, in budgets of one period; null without events.</param>
public sealed record TestedInterval(
    DateTimeOffset From, DateTimeOffset To, LabelKind Kind, string Name, int? Incident, Guid? Mark, double? BudgetShare,
    TimeSpan? InForceDetects, TimeSpan? InForceResets, TimeSpan? TestedDetects, TimeSpan? TestedResets);

/// <summary>A tested rule that one failed event would have made fire.</summary>
/// <param name="MinuteShare">Of the time, 0 to 1.</param>
/// <param name="FewestEvents">The least minimum of events that avoids it.</param>
public sealed record LowTraffic(string Rule, AlertSeverity Severity, double MinuteShare, double MinimumEvents, double FewestEvents);
