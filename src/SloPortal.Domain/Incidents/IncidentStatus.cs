namespace SloPortal.Domain.Incidents;

public enum IncidentStatus
{
    /// <summary>Known, and nobody has taken it yet.</summary>
    Detected,
    /// <summary>Somebody works on it.</summary>
    Acknowledged,
    /// <summary>Users no longer feel it; the cause may still be there.</summary>
    Mitigated,
    /// <summary>The cause is gone too.</summary>
    Resolved,
    /// <summary>Nothing is left to do here; what remains is in the review.</summary>
    Closed,
}

/// <summary>Which status may follow which.</summary>
public static class IncidentStatusRules
{
    /// <summary>
    /// Forward by any number of steps up to resolved, since a short incident is over before anybody has acknowledged it; closed only
    /// after resolved. What was mitigated or resolved and comes back is acknowledged again. A closed one stays closed: what comes
    /// back then is an incident of its own.
    /// </summary>
    public static IReadOnlyList<IncidentStatus> Next(IncidentStatus from) => from switch
    {
        IncidentStatus.Detected => [IncidentStatus.Acknowledged, IncidentStatus.Mitigated, IncidentStatus.Resolved],
        IncidentStatus.Acknowledged => [IncidentStatus.Mitigated, IncidentStatus.Resolved],
        IncidentStatus.Mitigated => [IncidentStatus.Acknowledged, IncidentStatus.Resolved],
        IncidentStatus.Resolved => [IncidentStatus.Acknowledged, IncidentStatus.Closed],
        IncidentStatus.Closed => [],
        _ => throw new ArgumentOutOfRangeException(nameof(from), from, null),
    };

    /// <summary>Why one may not follow the other, and which may; null where it may.</summary>
    public static string? WhyNot(IncidentStatus from, IncidentStatus to) =>
        Next(from).Contains(to) ? null
        : to == from ? $"This incident is {Word(from)} already."
        : $"An incident that is {Word(from)} cannot become {Word(to)}; what can follow is {NextWords(from)}.";

    /// <summary>Whether users may still feel it.</summary>
    public static bool Hurts(IncidentStatus status) => status is IncidentStatus.Detected or IncidentStatus.Acknowledged;

    /// <summary>Whether somebody still has to do something.</summary>
    public static bool IsOpen(IncidentStatus status) => status is not (IncidentStatus.Resolved or IncidentStatus.Closed);

    /// <summary>"acknowledged".</summary>
    public static string Word(IncidentStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>"acknowledged, mitigated or resolved"; "nothing" where none may follow.</summary>
    public static string NextWords(IncidentStatus from)
    {
        var words = Next(from).Select(Word).ToArray();
        return words.Length switch
        {
            0 => "nothing",
            1 => words[0],
            _ => string.Join(", ", words[..^1]) + " or " + words[^1],
        };
    }
}
