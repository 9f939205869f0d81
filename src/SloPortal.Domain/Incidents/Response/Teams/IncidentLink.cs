namespace SloPortal.Domain.Incidents.Response.Teams;

public enum IncidentLinkKind
{
    /// <summary>The second is a part of the first, with a commander of its own.</summary>
    Child,
    /// <summary>They may have to do with each other.</summary>
    Related,
}

/// <summary>That two incidents belong together. Whoever sees only one of them does not learn of it.</summary>
/// <param name="FirstId">Of a child, its parent.</param>
public sealed record IncidentLink(Guid FirstId, Guid SecondId, IncidentLinkKind Kind, Guid LinkedBy, DateTimeOffset LinkedAt)
{
    /// <summary>Together with the other one. Product policy: what has more is one incident with many teams.</summary>
    public const int Most = 50;

    public Guid OtherThan(Guid incident) => incident == FirstId ? SecondId : FirstId;
}
