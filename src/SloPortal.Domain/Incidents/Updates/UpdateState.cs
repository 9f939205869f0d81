namespace SloPortal.Domain.Incidents.Updates;

public enum UpdateState
{
    /// <summary>Somebody other than its author has to approve it.</summary>
    Waiting,
    /// <summary>Its author is asked to write it anew.</summary>
    SentBack,
    Published,
    /// <summary>Given up before it was published.</summary>
    Withdrawn,
}
