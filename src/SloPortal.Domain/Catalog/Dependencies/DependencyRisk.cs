namespace SloPortal.Domain.Catalog.Dependencies;

public enum RiskState
{
    /// <summary>Somebody has to do something about it.</summary>
    Open,
    /// <summary>Something was done, so that a failure of the vendor hurts less.</summary>
    Mitigated,
    /// <summary>Known and borne.</summary>
    Accepted,
}

/// <summary>What it means that a service depends on a vendor: who looks after it, and when it is looked at again.</summary>
public sealed class DependencyRisk
{
    private DependencyRisk() { }

    public DependencyRisk(Guid dependencyId, Guid ownerId, DateOnly reviewOn, RiskState state, string note)
    {
        DependencyId = dependencyId;
        Assess(ownerId, reviewOn, state, note);
    }

    public Guid DependencyId { get; private set; }
    public Guid OwnerId { get; private set; }
    public DateOnly ReviewOn { get; private set; }
    public RiskState State { get; private set; }
    public string Note { get; private set; } = "";

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Assess(Guid ownerId, DateOnly reviewOn, RiskState state, string note)
    {
        OwnerId = ownerId;
        ReviewOn = reviewOn;
        State = state;
        Note = note;
    }
}
