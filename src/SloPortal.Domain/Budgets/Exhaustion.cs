using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Budgets;

/// <summary>When the budget runs out if it goes on burning as it does now.</summary>
/// <param name="Kind">Whether it runs out at all.</param>
/// <param name="In">Time from now; only when <see cref="ExhaustionKind.Ahead"/>.</param>
/// <param name="At">The instant; only when <see cref="ExhaustionKind.Ahead"/>.</param>
public sealed record Exhaustion(ExhaustionKind Kind, TimeSpan? In = null, DateTimeOffset? At = null)
{
    /// <summary>
    /// A burn of b spends b ÷ period of the budget in a unit of time, so what is left lasts: left × period ÷ b.
    /// <para>
    /// It assumes even traffic. In a rolling window it gives no credit for old failures that leave the window, so it is
    /// the earliest moment; if what is left outlasts the whole period, all old failures have left by then and the budget
    /// lasts. In a calendar window the budget starts afresh at the end of the period.
    /// </para>
    /// </summary>
    /// <param name="budget">The budget at <paramref name="now"/>.</param>
    /// <param name="burn">The present burn rate, over a short window; null without events.</param>
    public static Exhaustion Of(ErrorBudget budget, double? burn, DateTimeOffset now)
    {
        if (budget.LeftShare is not { } left)
        {
            return new(ExhaustionKind.NoData);
        }

        if (left <= 0)
        {
            return new(ExhaustionKind.Exhausted);
        }

        if (burn is not { } rate)
        {
            return new(ExhaustionKind.NoData);
        }

        if (rate <= 0)
        {
            return new(ExhaustionKind.NotBurning);
        }

        var horizon = budget.IsEstimate ? budget.Period.End - now : budget.Period.Length;
        var lasts = left * budget.Period.Length.TotalSeconds / rate;
        if (lasts >= horizon.TotalSeconds)
        {
            return new(ExhaustionKind.Outlasts);
        }

        var time = TimeSpan.FromSeconds(lasts);
        return new(ExhaustionKind.Ahead, time, now + time);
    }
}
