namespace SloPortal.Domain.Incidents.Escalation;

/// <summary>Where a page stands in its policy.</summary>
/// <param name="Level">From 0.</param>
/// <param name="Round">From 0: how often all levels have been called before.</param>
public readonly record struct EscalationStep(int Level, int Round)
{
    /// <summary>The step after this one; null when the policy has come to its end.</summary>
    /// <param name="levels">How many the policy has.</param>
    /// <param name="lastRound">The round after which nobody is called again.</param>
    public EscalationStep? Next(int levels, int lastRound) =>
        Level + 1 < levels ? new(Level + 1, Round)
        : Round < lastRound ? new(0, Round + 1)
        : null;
}
