namespace SloPortal.Domain.Incidents.Timeline.Phases;

/// <summary>A moment at which an incident came into another phase, in the order in which they come.</summary>
public enum Phase
{
    /// <summary>Users first felt it.</summary>
    Began,
    /// <summary>Somebody or something noticed it.</summary>
    Detected,
    /// <summary>Somebody first said that they work on it.</summary>
    Acknowledged,
    /// <summary>Users no longer felt it, for good as far as is known.</summary>
    Mitigated,
    /// <summary>The cause was gone too.</summary>
    Resolved,
}

/// <summary>A time between two phases.</summary>
public enum PhaseSpan
{
    /// <summary>From the beginning until it was noticed.</summary>
    Detect,
    /// <summary>From when it was noticed until somebody said that they work on it.</summary>
    Acknowledge,
    /// <summary>From the beginning until users no longer felt it: as long as it hurt, whoever knew of it.</summary>
    Mitigate,
    /// <summary>From the beginning until the cause was gone.</summary>
    Resolve,
}

public static class PhaseWords
{
    /// <summary>"acknowledged".</summary>
    public static string Word(Phase phase) => phase.ToString().ToLowerInvariant();

    /// <summary>The two phases between which it lies.</summary>
    public static (Phase From, Phase To) Ends(PhaseSpan span) => span switch
    {
        PhaseSpan.Detect => (Phase.Began, Phase.Detected),
        PhaseSpan.Acknowledge => (Phase.Detected, Phase.Acknowledged),
        PhaseSpan.Mitigate => (Phase.Began, Phase.Mitigated),
        PhaseSpan.Resolve => (Phase.Began, Phase.Resolved),
        _ => throw new ArgumentOutOfRangeException(nameof(span), span, null),
    };
}
