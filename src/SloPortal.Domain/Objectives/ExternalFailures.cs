namespace SloPortal.Domain.Objectives;

/// <summary>Whether minutes in which a vendor failed count against what was promised.</summary>
public enum ExternalFailures
{
    /// <summary>They count: the promise is what users see.</summary>
    Counted,
    /// <summary>They are left out: the promise is what the team itself answers for.</summary>
    LeftOut,
}
