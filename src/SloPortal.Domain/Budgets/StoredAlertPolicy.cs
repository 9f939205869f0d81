namespace SloPortal.Domain.Budgets;

/// <summary>An alert policy as the installation keeps it: the table is data, with its source beside it.</summary>
public sealed class StoredAlertPolicy
{
    /// <summary>The policy that every installation starts with.</summary>
    public static readonly Guid DefaultId = new("0192f000-0000-7000-8000-000000000001");

    private StoredAlertPolicy() { }

    public StoredAlertPolicy(Guid id, AlertPolicy policy, DateTimeOffset createdAt)
    {
        Id = id;
        CreatedAt = createdAt;
        Name = policy.Name;
        Source = policy.Source;
        Rules = [.. policy.Rules];
    }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public string Source { get; private set; } = "";
    public IReadOnlyList<AlertRule> Rules { get; private set; } = [];
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    /// <summary>When somebody last changed the rules; null while they are those that every installation starts with.</summary>
    public DateTimeOffset? ChangedAt { get; private set; }

    /// <summary>Their name as it was then.</summary>
    public string? ChangedBy { get; private set; }

    /// <summary>The back-test that justified the rules; null where they were saved without one.</summary>
    public Guid? BackTestId { get; private set; }

    public void Replace(string source, IReadOnlyList<AlertRule> rules, Guid? backTestId, string by, DateTimeOffset now)
    {
        Source = source;
        Rules = [.. rules];
        BackTestId = backTestId;
        ChangedBy = by;
        ChangedAt = now;
    }

    public AlertPolicy Policy => new(Name, Source, Rules);
}
