namespace SloPortal.Domain.Measurement;

/// <summary>What a series counts in an SLI. One series can have several roles: a total of all codes also holds the good ones.</summary>
[Flags]
public enum SeriesRole
{
    /// <summary>The series does not belong to the SLI.</summary>
    None = 0,

    /// <summary>Its increases are good events.</summary>
    Good = 1,

    /// <summary>Its increases are bad events: they are taken off the good ones.</summary>
    Bad = 2,

    /// <summary>Its increases are events.</summary>
    Total = 4,

    /// <summary>Each of its samples is one event, good when it holds the threshold.</summary>
    Gauge = 8,
}
