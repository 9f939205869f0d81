namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>A stretch [From, To) in which a rule, or any rule of a severity, would have fired.</summary>
/// <param name="To">When it would have resolved; the end of what was replayed where it had not.</param>
/// <param name="Lasts">It had not resolved by then.</param>
public readonly record struct ReplayedAlert(DateTimeOffset From, DateTimeOffset To, bool Lasts)
{
    /// <summary>
    /// The alerts that people are told about: a severity fires from its first rule that fires to its last one that resolves, as
    /// <see cref="ObjectiveEvaluation"/> announces them.
    /// </summary>
    public static IReadOnlyList<ReplayedAlert> Together(IEnumerable<IReadOnlyList<ReplayedAlert>> rules)
    {
        var together = new List<ReplayedAlert>();
        foreach (var alert in rules.SelectMany(alerts => alerts).OrderBy(alert => alert.From))
        {
            if (together.Count == 0 || together[^1].To < alert.From)
                together.Add(alert);
            else if (together[^1].To < alert.To || alert.Lasts)
                together[^1] = together[^1] with { To = alert.To, Lasts = alert.Lasts };
        }

        return together;
    }
}

/// <summary>What one rule of a policy would have done.</summary>
/// <param name="LeftOut">Why it is not evaluated at the end of what was replayed; null where it is.</param>
public sealed record ReplayedRule(AlertRule Rule, IReadOnlyList<ReplayedAlert> Alerts, string? LeftOut);
