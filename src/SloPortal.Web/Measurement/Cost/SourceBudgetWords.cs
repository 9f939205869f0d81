using SloPortal.Application.Measurement.Sources;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Cost;

namespace SloPortal.Web.Measurement.Cost;

/// <summary>Budgets of sources in words.</summary>
internal static class SourceBudgetWords
{
    public static double Share(int used, int most) => Math.Min(1, (double)used / most);

    /// <summary>The pill of a source in a list; null where there is nothing to tell.</summary>
    public static string? Flag(BudgetUse use) => use switch
    {
        BudgetUse.Above => "Above its budget",
        BudgetUse.Full => "Budget used up",
        BudgetUse.Within or BudgetUse.None => null,
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, null),
    };

    /// <summary>What is wrong and what to do, while the budget is exceeded.</summary>
    public static string? Exceeded(SourceDetails source) => (source.Row.Budget, source.Budget) switch
    {
        (BudgetUse.Above, { Refused: > 0 }) => "Samples of further series are refused, so an SLI that reads them counts too little. Drop series that nobody reads at the sender, or raise the budget.",
        (BudgetUse.Above, { PutOff: > 0 }) => "The sender is asked to wait. While more comes than is taken, its samples are counted later and later.",
        (BudgetUse.Above, { SamplesPerSecond: { } now, MaxSamplesPerSecond: { } most }) when now > most => "More comes than the budget allows, and is thinned to one sample of each series a minute. If that is still too much, only fewer series help.",
        (BudgetUse.Full, _) => "As many series as it may have: a further one would be refused.",
        _ => null,
    };

    public static string Above(SourceBudgetDetails budget) =>
        string.Join(", ", new[] { budget.Thinned > 0 || budget.Above == AboveRate.Thin ? $"{CostWords.Number(budget.Thinned)} thinned" : null, budget.PutOff > 0 || budget.Above == AboveRate.Wait ? $"{CostWords.Number(budget.PutOff)} put off" : null }.OfType<string>());

    public static string None(SourceKind kind) => kind.HasRate()
        ? "None: it may send as much as the portal can take. A budget holds what it costs to so many series or samples a second, and counts what exceeds it."
        : kind switch
        {
            SourceKind.Files => "It needs none: files wait until the portal reads them, 2,000 rows at a time.",
            SourceKind.Sql => "It needs none: the portal asks on its schedule, for at most 10,000 rows at once.",
            SourceKind.Statsd => "It needs none: packets are added up by rule and stored every five seconds, and what comes faster than it can be read is counted as refused.",
            _ => "It needs none: it comes at the pace that the portal sets.",
        };

    public static string Rule(AboveRate rule) => rule switch
    {
        AboveRate.Wait => "The sender waits",
        AboveRate.Thin => "Samples are thinned",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };

    public static string Explain(AboveRate rule, SourceKind kind) => (rule, kind) switch
    {
        (AboveRate.Wait, _) => "It is told when to send the request again, so nothing is lost while it keeps what waits.",
        (AboveRate.Thin, SourceKind.Otlp) => "Of each series the last sample of a minute is kept, which counts the same. Deltas cannot be thinned, so their requests wait.",
        (AboveRate.Thin, _) => "Of each series the last sample of a minute is kept, which counts the same; a gauge keeps one sample a minute.",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };
}
