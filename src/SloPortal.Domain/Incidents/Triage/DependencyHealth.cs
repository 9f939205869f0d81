using System.Globalization;
using SloPortal.Domain.Budgets;

namespace SloPortal.Domain.Incidents.Triage;

/// <summary>How an objective of a service near an incident stands.</summary>
/// <param name="Fires">A burn alert of it fires.</param>
/// <param name="Burn">Over the last hour, 1 is even; null without data.</param>
public sealed record DependencyHealth(BudgetStanding Standing, bool Fires, double? Burn)
{
    /// <summary>A burn that spends a budget of 30 days in five; the slow rule of the usual alerts (SRE Workbook, chapter 5). Product policy.</summary>
    public const double UnwellBurn = 6;

    /// <summary>It hurts now. A budget that was spent earlier alone says nothing of that.</summary>
    public bool IsUnwell => Fires || Burn >= UnwellBurn;

    public bool IsKnown => Standing != BudgetStanding.NoData && Burn is not null;

    /// <summary>"burn alert fires, burns 31 times even, budget spent".</summary>
    public string Words => string.Join(", ", new[]
    {
        Fires ? "burn alert fires" : null,
        Burn is { } burn ? string.Create(CultureInfo.InvariantCulture, $"burns {burn:0.#} times even") : "no data in the last hour",
        Standing switch { BudgetStanding.Exhausted => "budget spent", BudgetStanding.AtRisk => "budget at risk", BudgetStanding.Healthy or BudgetStanding.NoData => null, _ => throw new InvalidOperationException($"Unknown standing {Standing}.") },
    }.OfType<string>());
}
