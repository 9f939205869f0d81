using System.Globalization;

namespace SloPortal.Domain.Catalog.Scoring;

/// <summary>What is known of a service for its score; null where nobody has said it.</summary>
/// <param name="Dependants">Counted from the graph.</param>
public sealed record ScoreInputs(decimal? RevenuePerHour, string Currency, long? Users, IReadOnlyList<string> Frameworks, int? Contracts, int Dependants)
{
    public static ScoreInputs Nothing(int dependants) => new(null, "EUR", null, [], null, dependants);
}

/// <summary>One line of the arithmetic: weight × points = contribution.</summary>
/// <param name="Given">What was put in, as people say it.</param>
/// <param name="Points">0 to 100.</param>
/// <param name="Weight">0 to 1.</param>
public sealed record ScoreLine(ScoreCriterionKind Kind, string Given, bool IsKnown, decimal Points, decimal Weight, string Reason)
{
    public decimal Contribution => Points * Weight;
}

/// <summary>A score with its arithmetic, and what follows from it.</summary>
/// <param name="Score">0 to 100: the sum of the contributions.</param>
/// <param name="Why">Why this promise, in a sentence.</param>
public sealed record ServiceScore(decimal Score, IReadOnlyList<ScoreLine> Lines, ServiceTier Tier, PromiseKind Promise, string Why)
{
    public static ServiceScore Of(Scorecard card, ScoreInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(inputs);
        var whole = card.Criteria.Sum(c => c.Weight);
        List<ScoreLine> lines = [.. card.Criteria.Select(c => Line(card, c, inputs, c.Weight / whole))];
        var score = lines.Sum(l => l.Contribution);
        var tier = score >= card.CriticalFrom ? ServiceTier.Critical : score >= card.ImportantFrom ? ServiceTier.Important
            : score >= card.StandardFrom ? ServiceTier.Standard : ServiceTier.Low;
        var promise = score >= card.SlaFrom && inputs.Contracts > 0 ? PromiseKind.ContractualSla : score >= card.SloFrom ? PromiseKind.Slo : PromiseKind.BestEffort;
        return new(score, lines, tier, promise, WhyOf(card, score, promise));
    }

    private static ScoreLine Line(Scorecard card, ScoreCriterion criterion, ScoreInputs inputs, decimal weight)
    {
        var (value, given) = criterion.Kind switch
        {
            ScoreCriterionKind.Revenue => Revenue(card, inputs),
            ScoreCriterionKind.Users => (inputs.Users, inputs.Users is { } users ? Text(users) : null),
            ScoreCriterionKind.Regulation => ((decimal?)null, inputs.Frameworks.Count == 0 ? "none" : string.Join(", ", inputs.Frameworks)),
            ScoreCriterionKind.Contracts => (inputs.Contracts, inputs.Contracts is { } contracts ? Text(contracts) : null),
            ScoreCriterionKind.Dependants => (inputs.Dependants, Text(inputs.Dependants)),
            _ => throw new ArgumentOutOfRangeException(nameof(criterion), criterion.Kind, null),
        };
        var points = criterion.Kind == ScoreCriterionKind.Regulation
            ? Math.Min(100, card.Frameworks.Where(f => inputs.Frameworks.Contains(f.Name, StringComparer.OrdinalIgnoreCase)).Sum(f => f.Points))
            : value is { } known ? criterion.Steps.LastOrDefault(s => known >= s.From)?.Points ?? 0 : 0;
        return new(criterion.Kind, given ?? "not given, counts nothing", given is not null, points, weight, criterion.Reason);
    }

    private static (decimal? Value, string? Given) Revenue(Scorecard card, ScoreInputs inputs)
    {
        if (inputs.RevenuePerHour is not { } revenue)
            return (null, null);
        var worth = card.Worth(revenue, inputs.Currency);
        var given = $"{Text(revenue)} {inputs.Currency}";
        return inputs.Currency == card.Currency ? (worth, given)
            : worth is { } known ? (known, $"{given}, {Text(known)} {card.Currency}")
            : (null, $"{given}, for which the scorecard has no rate");
    }

    private static string WhyOf(Scorecard card, decimal score, PromiseKind promise) => promise switch
    {
        PromiseKind.ContractualSla => $"The score of {Text(score)} is {Text(card.SlaFrom)} or more, and a contract names the service: it needs a contractual SLA, and an objective stricter than it.",
        PromiseKind.Slo when score >= card.SlaFrom => $"The score of {Text(score)} is {Text(card.SlaFrom)} or more, but no contract names the service: it needs an objective.",
        PromiseKind.Slo => $"The score of {Text(score)} is {Text(card.SloFrom)} or more: it needs an objective.",
        _ => $"The score of {Text(score)} is below {Text(card.SloFrom)}: best effort is enough.",
    };

    private static string Text(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
