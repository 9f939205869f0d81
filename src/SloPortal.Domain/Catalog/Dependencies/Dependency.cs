namespace SloPortal.Domain.Catalog.Dependencies;

public enum DependencyKind
{
    /// <summary>When it fails, the service fails.</summary>
    Hard,
    /// <summary>When it fails, the service goes on with less.</summary>
    Soft,
}

/// <summary>One service needs another service or a vendor.</summary>
public sealed class Dependency
{
    private Dependency() { }

    public Dependency(Guid id, Guid serviceId, Guid? onServiceId, Guid? onVendorId, DependencyKind kind, Guid? groupId, string note, DateTimeOffset createdAt)
    {
        if (onServiceId is null == onVendorId is null)
            throw new ArgumentException("A dependency is on a service or on a vendor.", nameof(onServiceId));
        Id = id;
        ServiceId = serviceId;
        OnServiceId = onServiceId;
        OnVendorId = onVendorId;
        CreatedAt = createdAt;
        Describe(kind, groupId, note);
    }

    public Guid Id { get; private set; }
    public Guid ServiceId { get; private set; }
    public Guid? OnServiceId { get; private set; }
    public Guid? OnVendorId { get; private set; }
    public DependencyKind Kind { get; private set; }

    /// <summary>The redundant group to which it belongs; null in series.</summary>
    public Guid? GroupId { get; private set; }

    /// <summary>What it is needed for.</summary>
    public string Note { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Describe(DependencyKind kind, Guid? groupId, string note)
    {
        Kind = kind;
        GroupId = groupId;
        Note = note;
    }
}

/// <summary>Dependencies of one service that stand in for one another.</summary>
public sealed class RedundantGroup
{
    private RedundantGroup() { }

    public RedundantGroup(Guid id, Guid serviceId, string name, int needs)
    {
        Id = id;
        ServiceId = serviceId;
        Name = name;
        Needs = needs;
    }

    public Guid Id { get; private set; }
    public Guid ServiceId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>How many of them must work.</summary>
    public int Needs { get; private set; }

    public void Ask(int needs) => Needs = needs;
}
