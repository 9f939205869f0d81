using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Budgets;

/// <summary>
/// The state machine of one alert rule.
/// <list type="bullet">
/// <item>Fires when the burn over both windows is above the factor and the long window holds the minimum of events.</item>
/// <item>Resolves only on evidence: events were seen in one of the windows, and its burn is at or below the factor.</item>
/// <item>Missing data never resolves: a service that is down sends nothing. A firing alert goes on firing and says since
/// when it has had no data; a rule that is not firing goes to NoData.</item>
/// <item>Resolved goes back to Ok once a long window has passed, or fires again.</item>
/// </list>
/// Evaluating the same reading twice changes nothing the second time.
/// </summary>
public static class AlertEvaluation
{
    /// <param name="previous">What the last evaluation gave; <see cref="AlertMemory.New"/> at first.</param>
    /// <param name="reading">The counts now. A reading older than the memory changes nothing.</param>
    /// <param name="rule">The windows and the minimum of events.</param>
    /// <param name="target">The target in force.</param>
    /// <param name="period">The whole period of the budget, which sets the factor.</param>
    public static AlertStep Next(
        AlertMemory previous, AlertReading reading, AlertRule rule, ObjectiveTarget target, TimeSpan period) =>
        Next(previous, new(reading.At, BurnRate.Of(reading.Long, target), BurnRate.Of(reading.Short, target), reading.Long.Total), rule, (double)rule.Factor(period));

    /// <summary>The same of burns that are known already, for whoever takes many steps over the same history.</summary>
    /// <param name="previous">What the last evaluation gave.</param>
    /// <param name="reading">The burns now.</param>
    /// <param name="rule">The windows and the minimum of events.</param>
    /// <param name="factor">The burn above which the rule fires.</param>
    public static AlertStep Next(AlertMemory previous, in BurnReading reading, AlertRule rule, double factor)
    {
        var (at, longBurn, shortBurn, longTotal) = reading;
        if (at < previous.Since)
        {
            return new(previous, null, longBurn, shortBurn);
        }

        var burning = longTotal >= rule.MinimumEvents && longBurn > factor && shortBurn > factor;
        var calm = longBurn <= factor || shortBurn <= factor;
        var next = previous.State switch
        {
            AlertState.Firing => calm ? AlertState.Resolved : AlertState.Firing,
            AlertState.Ok or AlertState.Resolved or AlertState.NoData when burning => AlertState.Firing,
            AlertState.Ok or AlertState.Resolved or AlertState.NoData when longBurn is null => AlertState.NoData,
            AlertState.Resolved when at - previous.Since < rule.LongWindow => AlertState.Resolved,
            AlertState.Ok or AlertState.Resolved or AlertState.NoData => AlertState.Ok,
            _ => throw new ArgumentOutOfRangeException(nameof(previous), previous.State, null),
        };

        // While firing, either window without events leaves the question open.
        var silent = next == AlertState.Firing && (longBurn is null || shortBurn is null);
        var noDataSince = silent ? previous.NoDataSince ?? at : (DateTimeOffset?)null;
        if (next != previous.State)
        {
            return new(new(next, at, noDataSince), new(previous.State, next, at), longBurn, shortBurn);
        }

        return new(noDataSince == previous.NoDataSince ? previous : previous with { NoDataSince = noDataSince }, null, longBurn, shortBurn);
    }
}
