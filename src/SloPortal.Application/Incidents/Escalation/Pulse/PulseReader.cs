using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Pulse;

namespace SloPortal.Application.Incidents.Escalation.Pulse;

/// <param name="At">When it was looked at.</param>
/// <param name="Findings">What stops people from being called; empty while the pager lives.</param>
/// <param name="Duties">What the pager lives by.</param>
public sealed record Pulse(DateTimeOffset At, IReadOnlyList<PulseFinding> Findings, IReadOnlyList<DutyRun> Duties)
{
    public bool IsAlive => Findings.Count == 0;
}

/// <summary>Feels the pulse of the pager, whichever portals of the database do its duties.</summary>
public sealed class PulseReader(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>By the name of the pass, in the order in which a burned minute goes through them; the longest time between two runs, in seconds.</summary>
    private static readonly (string Pass, string Duty, int EverySeconds)[] Duties =
    [
        ("evaluate-budgets", "Evaluating budgets", 60),
        ("follow-burn-alerts", "Taking burn alerts as signals", 5),
        ("decide-signals", "Deciding what becomes of signals", 5),
        ("call-levels", "Calling the next level", 2),
        ("send-calls", "Sending calls", 2),
    ];

    public async Task<Pulse> ReadAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var names = Duties.Select(d => d.Pass).ToArray();
        var runs = await db.PassRuns.AsNoTracking().Where(r => names.Contains(r.Name)).ToDictionaryAsync(r => r.Name, r => r.LastSucceededAt, ct);
        var undecided = await db.SignalEvents.Where(e => e.DecidedAt == null).MinAsync(e => (DateTimeOffset?)e.ReceivedAt, ct);
        // What was tried and failed is told on its page, and tried again ever later.
        var uncalled = await (from m in db.PageMessages
                              join p in db.Pages on m.PageId equals p.Id
                              where m.State == PageMessageState.Waiting && m.Attempts == 0 && m.NextAttemptAt <= now && p.State == PageState.Open
                              select (DateTimeOffset?)m.NextAttemptAt).MinAsync(ct);
        List<DutyRun> duties = [.. Duties.Select(d => new DutyRun(d.Duty, d.EverySeconds, runs.GetValueOrDefault(d.Pass)))];
        return new(now, PagerPulse.Judge(duties, undecided, uncalled, now), duties);
    }
}
