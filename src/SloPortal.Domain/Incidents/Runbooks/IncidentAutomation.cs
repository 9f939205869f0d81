using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Runbooks;

/// <summary>Whether the steps of runbooks may run in an incident. A pattern stops them; a person who leads it lets them go on.</summary>
public sealed class IncidentAutomation
{
    private IncidentAutomation() { }

    public IncidentAutomation(Guid incidentId) => IncidentId = incidentId;

    public Guid IncidentId { get; private set; }

    /// <summary>Of triage, the last for which it was judged; 0 before the first.</summary>
    public int Round { get; private set; }

    /// <summary>Null while steps may run.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>Sentences; null while steps may run.</summary>
    public string? Because { get; private set; }

    /// <summary>Those that stopped it.</summary>
    public IReadOnlyList<StopPattern> Patterns { get; private set; } = [];

    /// <summary>Those that a person has judged in this round; they do not stop it again.</summary>
    public IReadOnlyList<StopPattern> SetAside { get; private set; } = [];

    public DateTimeOffset? ResumedAt { get; private set; }
    public string? ResumedByName { get; private set; }
    public string? ResumedBecause { get; private set; }

    public bool IsStopped => StoppedAt is not null;

    /// <summary>Stops it where something speaks for that, and goes on nowhere by itself: that a pattern is gone says nothing of what caused it.</summary>
    /// <param name="round">A new one is judged without what was set aside before.</param>
    /// <returns>Whether it stopped now, or for more than before.</returns>
    public bool Judge(int round, IReadOnlyList<StopReason> reasons, DateTimeOffset now)
    {
        if (round != Round)
            (Round, SetAside) = (round, []);
        var counted = reasons.Where(r => !SetAside.Contains(r.Pattern)).ToList();
        if (counted.TrueForAll(r => Patterns.Contains(r.Pattern)))
            return false;
        Patterns = [.. Patterns.Union(counted.Select(r => r.Pattern)).Order()];
        Because = string.Join(" ", counted.Select(r => r.Sentence));
        StoppedAt ??= now;
        return true;
    }

    public Refusal? Resume(string byName, string because, DateTimeOffset now)
    {
        if (!IsStopped)
            return Refusal.Conflict("The steps are not stopped, so there is nothing to resume.");
        SetAside = [.. SetAside.Union(Patterns).Order()];
        (Patterns, StoppedAt, Because) = ([], null, null);
        (ResumedAt, ResumedByName, ResumedBecause) = (now, byName, because);
        return null;
    }
}
