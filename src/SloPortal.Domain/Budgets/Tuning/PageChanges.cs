namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>How the pages of one objective differ between a policy in force and another.</summary>
/// <param name="Gained">Alerts of the other that overlap none of the one in force.</param>
/// <param name="Lost">Alerts of the one in force that overlap none of the other.</param>
/// <param name="NowMissed">Stretches that the one in force detects and the other does not.</param>
/// <param name="NowDetected">The other way round.</param>
public sealed record PageChanges(
    IReadOnlyList<JudgedAlert> Gained, IReadOnlyList<JudgedAlert> Lost, IReadOnlyList<KnownInterval> NowMissed, IReadOnlyList<KnownInterval> NowDetected)
{
    /// <param name="inForce">Of the policy in force.</param>
    /// <param name="other">Of the other, over the same span and with the same knowledge.</param>
    public static PageChanges Between(AlertJudgement inForce, AlertJudgement other)
    {
        var missed = new List<KnownInterval>();
        var detected = new List<KnownInterval>();
        foreach (var (old, now) in inForce.Intervals.Zip(other.Intervals))
        {
            if (old.IsDetected && !now.IsDetected)
                missed.Add(old.Known);
            else if (!old.IsDetected && now.IsDetected)
                detected.Add(now.Known);
        }

        return new(Alone(other, inForce), Alone(inForce, other), missed, detected);
    }

    private static List<JudgedAlert> Alone(AlertJudgement of, AlertJudgement beside) =>
        [.. of.Alerts.Where(a => !beside.Alerts.Any(b => a.Alert.From <= b.Alert.To && b.Alert.From <= a.Alert.To))];
}
