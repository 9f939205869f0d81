using System.Globalization;
using SloPortal.Application.Incidents.Detection.Deciding;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Deciding;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Deciding;

/// <summary>Rows, recommendations and decisions as the pages say them.</summary>
internal static class DecisionWords
{
    /// <summary>In the order of the columns of the record.</summary>
    public static IReadOnlyList<DecisionOutcome> Outcomes { get; } =
        [DecisionOutcome.AsRecommended, DecisionOutcome.Up, DecisionOutcome.Down, DecisionOutcome.OtherWarRoom, DecisionOutcome.Declined, DecisionOutcome.Waiting];

    public static string Word(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.AsRecommended => "As recommended",
        DecisionOutcome.Up => "Changed up",
        DecisionOutcome.Down => "Changed down",
        DecisionOutcome.OtherWarRoom => "Other war room",
        DecisionOutcome.Declined => "Declined",
        DecisionOutcome.Waiting => "Still waits",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    public static Tone ToneOf(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.AsRecommended => Tone.Good,
        DecisionOutcome.Up or DecisionOutcome.Down or DecisionOutcome.OtherWarRoom or DecisionOutcome.Declined => Tone.Warn,
        DecisionOutcome.Waiting => Tone.Info,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>What must hold, one sentence each; "always" for a row without conditions.</summary>
    public static IReadOnlyList<string> Conditions(DecisionRow row)
    {
        string[] conditions =
        [
            .. new[]
            {
                row.BudgetSpentPercent is { } spent ? $"Budget spent at least {Figure(spent)} %" : null,
                row.BurnTimes is { } burn ? $"Burn at least {Figure(burn)} times even" : null,
                row.Tier is { } tier ? tier == ServiceTier.Critical ? "Tier critical" : $"Tier {tier.ToString().ToLowerInvariant()} or higher" : null,
                row.Users is { } users ? $"At least {users.ToString("N0", CultureInfo.InvariantCulture)} people notice" : null,
                row.SegmentPercent is { } share ? $"One segment has at least {Figure(share)} % of the failures" : null,
            }.OfType<string>(),
        ];
        return conditions.Length == 0 ? ["Always"] : conditions;
    }

    /// <summary>"SEV-2 with a war room: half the budget is spent"; "no incident" where no row held.</summary>
    public static string Recommended(RowRecord row) =>
        (row.Severity is { } severity ? Recommendation.Said(severity, row.WarRoom) : "no incident") + (row.Reason is null ? "" : $": {row.Reason}");

    /// <summary>"Policy 3, row 2"; "Policy 3, no row held".</summary>
    public static string Place(int policy, int? row) =>
        string.Create(CultureInfo.InvariantCulture, $"Policy {policy}, ") + (row is null or 0 ? "no row held" : string.Create(CultureInfo.InvariantCulture, $"row {row}"));

    /// <summary>"SEV-2 with a war room", "declined" or "not decided yet".</summary>
    public static string Decided(IncidentSeverity? severity, bool? warRoom, DecisionOutcome outcome) =>
        severity is { } confirmed ? Recommendation.Said(confirmed, warRoom == true) : outcome == DecisionOutcome.Waiting ? "not decided yet" : "declined";

    private static string Figure(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
