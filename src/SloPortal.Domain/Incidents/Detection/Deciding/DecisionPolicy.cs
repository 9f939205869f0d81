using System.Globalization;
using SloPortal.Domain.Catalog;

namespace SloPortal.Domain.Incidents.Detection.Deciding;

/// <summary>Says of a breach whether it is an incident, how bad, and whether it needs a war room. The first row that holds wins; where none does it is no incident.</summary>
public sealed record DecisionPolicy(IReadOnlyList<DecisionRow> Rows)
{
    public const int Most = 30;
    public const int LongestReason = 300;

    private const double MostBudget = 10_000;
    private const double MostBurn = 100_000;
    private const long MostUsers = 100_000_000_000;

    /// <summary>
    /// In force until somebody changes it. The burn rates are those at which the Site Reliability Workbook pages (chapter 5, "Alerting on SLOs": 14.4 is
    /// 2 % of a budget of 30 days in an hour, 6 is 5 % in six hours); at 100 such a budget is gone within 7.2 hours. The rest is product policy.
    /// </summary>
    public static DecisionPolicy Usual { get; } = new(
    [
        new(IncidentSeverity.Sev1, true, "A critical service burns its budget within hours.", BurnTimes: 100, Tier: ServiceTier.Critical),
        new(IncidentSeverity.Sev1, true, "Many people notice, and it burns fast.", BurnTimes: 14.4, Users: 10_000),
        new(IncidentSeverity.Sev2, true, "Half the budget of a critical service is spent, and it burns on.", BudgetSpentPercent: 50, Tier: ServiceTier.Critical),
        new(IncidentSeverity.Sev3, false, "Nearly all failures are in one segment.", SegmentPercent: 80),
        new(IncidentSeverity.Sev2, false, "An important service burns as fast as one pages for.", BurnTimes: 6, Tier: ServiceTier.Important),
        new(IncidentSeverity.Sev3, false, "It burns as fast as one pages for.", BurnTimes: 6),
    ]);

    public Decided Decide(DecisionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var judged = new List<RowJudged>();
        foreach (var row in Rows)
        {
            var conditions = row.Judge(facts);
            var holds = conditions.All(c => c.Holds == true);
            judged.Add(new(judged.Count + 1, holds, conditions));
            if (holds)
                return new(new(judged.Count, row.Severity, row.WarRoom, row.Reason), judged);
        }
        return new(Recommendation.NoIncident, judged);
    }

    /// <summary>What is wrong with the rows, a sentence; null when nothing is.</summary>
    public static string? RefusalFor(IReadOnlyList<DecisionRow>? rows)
    {
        if (rows is null)
            return "Give the rows, or an empty list.";
        if (rows.Count > Most)
            return $"A policy has at most {Most} rows.";
        for (var i = 0; i < rows.Count; i++)
        {
            if (RefusalFor(rows[i], i + 1, i + 1 == rows.Count) is { } wrong)
                return wrong;
        }
        return null;
    }

    private static string? RefusalFor(DecisionRow? row, int number, bool isLast)
    {
        var name = "Row " + number.ToString(CultureInfo.InvariantCulture);
        return row switch
        {
            null => $"{name} is empty. Fill it in, or remove it.",
            _ when !Enum.IsDefined(row.Severity) => $"{name} recommends no severity. Choose sev1, sev2, sev3 or sev4.",
            _ when string.IsNullOrWhiteSpace(row.Reason) => $"{name} says no reason. Say in a few words why it recommends that.",
            _ when row.Reason.Length > LongestReason => $"The reason of row {number} is longer than {LongestReason} characters. Shorten it.",
            { BudgetSpentPercent: not (null or (> 0 and <= MostBudget)) } => $"{name}: the budget spent is more than 0 and at most 10,000 %.",
            { BurnTimes: not (null or (> 0 and <= MostBurn)) } => $"{name}: the burn rate is more than 0 and at most 100,000 times even.",
            { Tier: { } tier } when !Enum.IsDefined(tier) => $"{name}: a tier is critical, important, standard or low.",
            { Users: not (null or (>= 1 and <= MostUsers)) } => $"{name}: the people who notice are 1 to 100,000,000,000.",
            { SegmentPercent: not (null or (> 0 and <= 100)) } => $"{name}: the share of one segment is more than 0 and at most 100 %.",
            { IsUnconditional: true } when !isLast => $"{name} has no condition, so it always holds and the rows after it are never reached. Give it one, or move it to the end.",
            _ => null,
        };
    }
}
