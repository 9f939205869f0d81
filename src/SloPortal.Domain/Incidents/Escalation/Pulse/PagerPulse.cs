namespace SloPortal.Domain.Incidents.Escalation.Pulse;

/// <summary>One of the duties without which nobody is called.</summary>
/// <param name="Duty">In words, as a sentence begins: "Deciding what becomes of signals".</param>
/// <param name="EverySeconds">How often it runs.</param>
/// <param name="SucceededAt">When it was last done without a failure, by any portal of the database; null when never.</param>
public sealed record DutyRun(string Duty, int EverySeconds, DateTimeOffset? SucceededAt);

/// <summary>Something that stops people from being called.</summary>
/// <param name="What">A sentence.</param>
/// <param name="Since">When it should have been done.</param>
public sealed record PulseFinding(string What, DateTimeOffset? Since);

/// <summary>Whether the pager lives: its duties are done, and nothing waits that should have gone out.</summary>
public static class PagerPulse
{
    /// <summary>A duty or a call may be so late before the pager counts as stopped: longer than one slow receiver takes, shorter than the first wait of most escalations. Product policy.</summary>
    public static readonly TimeSpan Allowance = TimeSpan.FromMinutes(2);

    /// <param name="duties">All that are needed.</param>
    /// <param name="undecidedSince">When the oldest signal came that nothing was decided about; null when none waits.</param>
    /// <param name="uncalledSince">When the oldest call was due that was never tried; null when none waits.</param>
    /// <returns>Empty when the pager lives.</returns>
    public static IReadOnlyList<PulseFinding> Judge(IReadOnlyList<DutyRun> duties, DateTimeOffset? undecidedSince, DateTimeOffset? uncalledSince, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(duties);
        var findings = duties
            .Where(d => d.SucceededAt is not { } at || IsLate(Due(d, at), now))
            .Select(d => new PulseFinding(d.SucceededAt is null ? $"{d.Duty} was never done." : $"{d.Duty} is late.", d.SucceededAt is { } done ? Due(d, done) : null)).ToList();
        if (undecidedSince is { } came && IsLate(came, now))
            findings.Add(new("A signal waits to be decided.", came));
        if (uncalledSince is { } due && IsLate(due, now))
            findings.Add(new("A call waits to be sent.", due));
        return findings;
    }

    private static DateTimeOffset Due(DutyRun duty, DateTimeOffset succeededAt) => succeededAt.AddSeconds(duty.EverySeconds);

    private static bool IsLate(DateTimeOffset due, DateTimeOffset now) => now - due > Allowance;
}
