namespace SloPortal.Domain.Incidents.Escalation;

public enum EscalationTargetKind
{
    Person,
    /// <summary>Whoever is on call in a schedule at that moment.</summary>
    Schedule,
}

/// <summary>Whom a level calls.</summary>
public sealed record EscalationTarget(EscalationTargetKind Kind, Guid Id);

/// <summary>People who are called together, and how long they are given.</summary>
/// <param name="Minutes">So long the next level waits for an acknowledgement.</param>
public sealed record EscalationLevel(int Minutes, IReadOnlyList<EscalationTarget> Targets)
{
    public const int MostMinutes = 24 * 60;
}

/// <summary>Who is called about a page, one level after the other, until somebody acknowledges it.</summary>
public sealed class EscalationPolicy
{
    public const int MostLevels = 10;
    public const int MostTargets = 20;
    public const int MostRepeats = 9;

    private EscalationPolicy() { }

    public EscalationPolicy(Guid id, Guid teamId, string name, int repeats, IReadOnlyList<EscalationLevel> levels, DateTimeOffset createdAt)
    {
        Id = id;
        TeamId = teamId;
        CreatedAt = createdAt;
        Change(name, repeats, levels);
    }

    public Guid Id { get; private set; }
    public Guid TeamId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>How often all levels are called again after the last one.</summary>
    public int Repeats { get; private set; }

    public IReadOnlyList<EscalationLevel> Levels { get; private set; } = [];
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Change(string name, int repeats, IReadOnlyList<EscalationLevel> levels)
    {
        ArgumentOutOfRangeException.ThrowIfZero(levels?.Count ?? 0, nameof(levels));
        Name = name;
        Repeats = repeats;
        Levels = [.. levels!];
    }

    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;
}
