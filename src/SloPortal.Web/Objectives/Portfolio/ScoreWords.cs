using System.Globalization;
using SloPortal.Application.Objectives.Portfolio;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.Portfolio;

/// <summary>Scores and what they ask for, as the pages say it.</summary>
internal static class ScoreWords
{
    public static IReadOnlyList<ServiceTier> Tiers { get; } = Enum.GetValues<ServiceTier>();

    public static IReadOnlyList<PromiseKind> Promises { get; } = [PromiseKind.ContractualSla, PromiseKind.Slo, PromiseKind.BestEffort];

    public static string Tier(ServiceTier tier) => Catalog.TierText.Word(tier);

    public static string Promise(PromiseKind promise) => promise switch
    {
        PromiseKind.ContractualSla => "Contractual SLA",
        PromiseKind.Slo => "SLO",
        PromiseKind.BestEffort => "Best effort",
        _ => throw new ArgumentOutOfRangeException(nameof(promise), promise, null),
    };

    public static (Tone Tone, string Word) Standing(PortfolioStanding standing) => standing switch
    {
        PortfolioStanding.Missing => (Tone.Bad, "Objective missing"),
        PortfolioStanding.Waiting => (Tone.Warn, "Waits for signatures"),
        PortfolioStanding.Met => (Tone.Good, "In force"),
        PortfolioStanding.NotRequired => (Tone.Neutral, "Not required"),
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
    };

    /// <summary>"67.5".</summary>
    public static string Points(decimal points) => points.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>"× 0.3".</summary>
    public static string Weight(decimal weight) => "× " + weight.ToString("0.###", CultureInfo.InvariantCulture);

    public static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"100,000".</summary>
    public static string Amount(decimal amount) => amount.ToString("#,0.##", CultureInfo.InvariantCulture);
}
