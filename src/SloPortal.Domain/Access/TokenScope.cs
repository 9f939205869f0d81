namespace SloPortal.Domain.Access;

/// <summary>What an API token may be used for; a token never exceeds the person who made it.</summary>
[Flags]
public enum TokenScope
{
    None = 0,
    /// <summary>Send samples: remote write, push, deployments.</summary>
    Ingest = 1,
    /// <summary>Read over HTTP what its person may read.</summary>
    Read = 2,
    /// <summary>Change over HTTP what its person may change.</summary>
    Write = 4,
}
