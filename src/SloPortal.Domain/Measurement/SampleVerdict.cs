namespace SloPortal.Domain.Measurement;

/// <summary>What a series made of a sample.</summary>
public enum SampleVerdict
{
    /// <summary>The first sample of the series: it starts it and adds nothing.</summary>
    Started,

    /// <summary>Newer than all kept samples: one increase.</summary>
    Increased,

    /// <summary>Older than the newest sample but it fits between or before the kept ones: increases that correct what was counted.</summary>
    LateButFits,

    /// <summary>The same instant and value is known: ignored.</summary>
    Duplicate,

    /// <summary>The same instant is known with another value: refused.</summary>
    Conflict,

    /// <summary>Older than the kept samples: refused, since what it would correct is no longer known.</summary>
    TooLate,
}
