namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>
/// The policies that a sweep tries: one fast pair of windows, with one slow pair or none, and a minimum of events for both. Rules that
/// make tickets stay as they are.
/// </summary>
public static class SweepGrid
{
    /// <summary>Long and short window in minutes: a twelfth, as the Workbook has it, and no shorter than five minutes.</summary>
    public static IReadOnlyList<(int Long, int Short)> Fast { get; } = [(30, 5), (60, 5), (120, 10)];

    public static IReadOnlyList<(int Long, int Short)> Slow { get; } = [(180, 15), (360, 30), (720, 60)];

    /// <summary>Budget spent in the fast long window, in percent. Of 30 days, 2 % in an hour is the burn 14.4.</summary>
    public static IReadOnlyList<decimal> FastSpent { get; } = [0.5m, 1m, 2m, 3m, 5m, 8m];

    /// <summary>Budget spent in the slow long window, in percent. Of 30 days, 5 % in six hours is the burn 6.</summary>
    public static IReadOnlyList<decimal> SlowSpent { get; } = [2m, 5m, 10m, 15m, 20m];

    public static IReadOnlyList<double> MinimumEvents { get; } = [10, 50, 200, 1000];

    /// <summary>Each fast rule on its own, and with each slow one, for each minimum.</summary>
    public static IEnumerable<IReadOnlyList<AlertRule>> Pages() =>
        from events in MinimumEvents
        from fast in Rules(Fast, FastSpent, events)
        from slow in Rules(Slow, SlowSpent, events).Prepend(null)
        select (IReadOnlyList<AlertRule>)(slow is null ? [fast] : [fast, slow]);

    private static IEnumerable<AlertRule> Rules(IReadOnlyList<(int Long, int Short)> windows, IReadOnlyList<decimal> spent, double events) =>
        from pair in windows
        from percent in spent
        select new AlertRule(AlertSeverity.Page, TimeSpan.FromMinutes(pair.Long), TimeSpan.FromMinutes(pair.Short), percent, events);
}
