using System.Globalization;

namespace SloPortal.Domain.Catalog.Scoring;

/// <summary>What a score is made of.</summary>
public enum ScoreCriterionKind
{
    /// <summary>Revenue that one hour without the service costs, in the scorecard's currency.</summary>
    Revenue,
    /// <summary>People who notice when it fails.</summary>
    Users,
    /// <summary>Regulatory frameworks that ask something of it.</summary>
    Regulation,
    /// <summary>Contracts with customers that name it.</summary>
    Contracts,
    /// <summary>Services that stop when it does, over hard dependencies at any level.</summary>
    Dependants,
}

/// <summary>How a service should be promised.</summary>
public enum PromiseKind
{
    BestEffort,
    Slo,
    ContractualSla,
}

/// <summary>From this value on a criterion gives so many points, 0 to 100.</summary>
public sealed record ScoreStep(decimal From, decimal Points);

/// <summary>One criterion.</summary>
/// <param name="Weight">Its share of the score; those of all criteria make 1, or 100 %.</param>
/// <param name="Steps">Ascending; below the first it gives nothing. Empty for regulation, whose points the frameworks give.</param>
/// <param name="Reason">Why it counts so.</param>
public sealed record ScoreCriterion(ScoreCriterionKind Kind, decimal Weight, IReadOnlyList<ScoreStep> Steps, string Reason);

/// <summary>A regulatory framework and the points that it gives; several add up to 100 at the most.</summary>
public sealed record ScoreFramework(string Name, decimal Points, string Reason);

/// <summary>What one unit of a currency is worth in the scorecard's.</summary>
public sealed record ScoreRate(string Currency, decimal Worth);

/// <summary>
/// How a score comes about: data that an administrator edits, with the reasons beside it. Scores run from 0 to 100.
/// </summary>
/// <param name="Currency">Three letters of ISO 4217.</param>
/// <param name="CriticalFrom">Score from which a service is critical.</param>
/// <param name="SloFrom">Score from which an objective is required.</param>
/// <param name="SlaFrom">Score from which a contractual SLA is advised, where a contract names the service.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record Scorecard(
    string Currency, IReadOnlyList<ScoreRate> Rates, IReadOnlyList<ScoreCriterion> Criteria, IReadOnlyList<ScoreFramework> Frameworks,
    decimal CriticalFrom, decimal ImportantFrom, decimal StandardFrom, decimal SloFrom, decimal SlaFrom, string Source)
{
    /// <summary>The sentence for a scorecard that cannot be; null when it can.</summary>
    public static string? RefusalFor(Scorecard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (card.Criteria is null || card.Frameworks is null || card.Rates is null || card.Criteria.Any(c => c?.Steps is null) || card.Frameworks.Any(f => f is null) || card.Rates.Any(r => r is null))
            return "Give criteria with their steps, frameworks and rates; a list may be empty, but not missing.";
        if (card.Criteria.Count != Enum.GetValues<ScoreCriterionKind>().Length || card.Criteria.Select(c => c.Kind).Distinct().Count() != card.Criteria.Count)
            return "Give each criterion once: revenue, users, regulation, contracts and dependants.";
        if (card.Criteria.Any(c => c.Weight < 0))
            return "A weight is not below zero.";
        var sum = card.Criteria.Sum(c => c.Weight);
        if (sum is not 1 and not 100)
            return string.Create(CultureInfo.InvariantCulture, $"The weights make {sum}; they must make 1, or 100 %. Change one of them by {(sum <= 2 ? 1 - sum : 100 - sum)}.");
        foreach (var criterion in card.Criteria)
        {
            if (criterion.Steps.Any(s => s is not { From: > 0, Points: >= 0 and <= 100 }))
                return $"{NameOf(criterion.Kind)}: a step begins above zero and gives 0 to 100 points.";
            if (criterion.Steps.Zip(criterion.Steps.Skip(1)).Any(pair => pair.First.From >= pair.Second.From || pair.First.Points > pair.Second.Points))
                return $"{NameOf(criterion.Kind)}: write the steps in ascending order, with points that do not fall.";
        }

        if (card.Frameworks.Any(f => string.IsNullOrWhiteSpace(f.Name) || f.Name.Length > 60 || f.Points is < 0 or > 100))
            return "A framework has a name of at most 60 characters and gives 0 to 100 points.";
        if (card.Frameworks.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return $"The framework {twice.Key} stands there twice.";
        if (!IsCurrency(card.Currency) || card.Rates.Any(r => !IsCurrency(r.Currency) || r.Worth <= 0))
            return "A currency has three capital letters, such as EUR, and a rate is above zero.";
        if (card.Rates.GroupBy(r => r.Currency).Any(g => g.Count() > 1) || card.Rates.Any(r => r.Currency == card.Currency))
            return $"Give each other currency once; {card.Currency} itself needs no rate.";
        if (!(card.CriticalFrom > card.ImportantFrom && card.ImportantFrom > card.StandardFrom && card.StandardFrom > 0 && card.CriticalFrom <= 100))
            return "The tiers begin at falling scores between 0 and 100: critical, important, standard; what is below is low.";
        return card.SlaFrom >= card.SloFrom && card.SloFrom > 0 && card.SlaFrom <= 100
            ? null
            : "An SLO is required from a score above 0 on, and a contractual SLA from the same or a higher one, at most 100.";
    }

    /// <summary>What an amount is worth in the scorecard's currency; null where it has no rate.</summary>
    public decimal? Worth(decimal amount, string currency) =>
        currency == Currency ? amount : Rates.FirstOrDefault(r => r.Currency == currency) is { } rate ? amount * rate.Worth : null;

    public static string NameOf(ScoreCriterionKind kind) => kind switch
    {
        ScoreCriterionKind.Revenue => "Revenue per hour",
        ScoreCriterionKind.Users => "Users touched",
        ScoreCriterionKind.Regulation => "Regulatory exposure",
        ScoreCriterionKind.Contracts => "Contracts",
        ScoreCriterionKind.Dependants => "Dependants",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static bool IsCurrency(string? text) => text is { Length: 3 } && text.All(char.IsAsciiLetterUpper);

    /// <summary>What every installation starts with.</summary>
    public static Scorecard Usual { get; } = new(
        "EUR",
        [new("USD", 0.9m), new("GBP", 1.15m)],
        [
            new(ScoreCriterionKind.Revenue, 0.3m, [new(100, 25), new(1_000, 50), new(10_000, 75), new(100_000, 100)], "What an hour without it costs is the plainest measure of impact. Each step is ten times the one before, since only the order of magnitude is ever known."),
            new(ScoreCriterionKind.Users, 0.2m, [new(100, 25), new(1_000, 50), new(10_000, 75), new(100_000, 100)], "Trust is lost with each person who notices, whether or not they pay."),
            new(ScoreCriterionKind.Regulation, 0.15m, [], "What a law asks for is owed whatever it costs. The frameworks below give the points."),
            new(ScoreCriterionKind.Contracts, 0.15m, [new(1, 50), new(5, 75), new(20, 100)], "A promise that a customer holds in hand is broken with a price."),
            new(ScoreCriterionKind.Dependants, 0.2m, [new(1, 25), new(3, 50), new(10, 75), new(30, 100)], "A service is at least as important as those that stop with it. Counted from the dependency graph, over hard dependencies."),
        ],
        [
            new("DORA", 100, "Regulation (EU) 2022/2554: resilience and incident reporting of financial entities."),
            new("NIS2", 80, "Directive (EU) 2022/2555: continuity and incident reporting of essential and important entities."),
            new("PCI DSS", 60, "Payment card data: the environment must be kept in order, also while it is restored."),
            new("GDPR", 40, "Regulation (EU) 2016/679, article 32: availability of systems that hold personal data."),
        ],
        60, 40, 20, 30, 60,
        "The portal's starting point. No standard prescribes these numbers: hold them against services whose importance everybody agrees on, and change them.");
}
