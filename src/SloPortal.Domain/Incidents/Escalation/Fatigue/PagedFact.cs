namespace SloPortal.Domain.Incidents.Escalation.Fatigue;

/// <summary>That a page called a person.</summary>
/// <param name="At">For the first time.</param>
/// <param name="Since">For the first time in the calling that counts for <see cref="PagedFact.CallingSince"/>; null where only an earlier one called them.</param>
public readonly record struct CalledFact(Guid Person, DateTimeOffset At, DateTimeOffset? Since);

/// <summary>A page as the fatigue report needs it.</summary>
/// <param name="CallingSince">When the calling began that the answer belongs to: the opening, or the last time that people were called anew because it got worse.</param>
/// <param name="LevelsRanOut">All levels were called and their time passed.</param>
/// <param name="TakenAt">With <paramref name="TakenAs"/>; null while nobody has it.</param>
/// <param name="TakenBy">Null for a source.</param>
/// <param name="EndedByHand">A person ended it, and not the end of its last signal.</param>
/// <param name="Called">Each person once.</param>
public sealed record PagedFact(
    Guid Id, DateTimeOffset OpenedAt, DateTimeOffset CallingSince, bool LevelsRanOut, DateTimeOffset? TakenAt, Guid? TakenBy, AcknowledgedAs? TakenAs,
    DateTimeOffset? EndedAt, bool EndedByHand, IReadOnlyList<CalledFact> Called)
{
    private bool IsTakenByAPerson => TakenAt is not null && TakenAs != AcknowledgedAs.Source;

    /// <summary>How long it called for somebody, and whether a person came. What is not taken yet, or ended untaken, has waited at least so long.</summary>
    public Wait Waited(DateTimeOffset now) => Wait.Between(CallingSince, TakenAt ?? EndedAt ?? now, IsTakenByAPerson);

    /// <summary>As <see cref="Waited"/> for one of those whom the calling that counts called; null for others.</summary>
    public Wait? WaitedFor(CalledFact called, DateTimeOffset now) =>
        called.Since is { } since ? Wait.Between(since, TakenAt ?? EndedAt ?? now, TakenBy == called.Person && IsTakenByAPerson) : null;

    public PageOutcome Outcome(DateTimeOffset now)
    {
        if (TakenAt is not { } taken)
        {
            return EndedAt is null ? LevelsRanOut ? PageOutcome.Unanswered : PageOutcome.Waiting
                : EndedByHand ? PageOutcome.ClosedByHand
                : LevelsRanOut ? PageOutcome.Unanswered
                : PageOutcome.EndedUntaken;
        }
        if (TakenAs == AcknowledgedAs.Source)
            return PageOutcome.TakenAtSource;
        if ((EndedAt ?? now) - taken >= PageOutcomes.Lasting)
            return PageOutcome.ActedOn;
        return EndedAt is null ? PageOutcome.Waiting : EndedByHand ? PageOutcome.ClosedByHand : PageOutcome.OverAtOnce;
    }
}
