namespace SloPortal.Domain.Measurement.Files;

/// <summary>What a StatsD metric counts for an SLI.</summary>
public enum StatsdRole
{
    /// <summary>A counter of good events, which are also events.</summary>
    Good,

    /// <summary>A counter of bad events, which are also events.</summary>
    Bad,

    /// <summary>A timer: an event is good within the threshold.</summary>
    Timer,
}

/// <summary>Maps StatsD metrics by name to an SLI of pushed counts.</summary>
public sealed class StatsdRule
{
    private StatsdRule() { }

    public StatsdRule(Guid id, string metric, int sliId, StatsdRole role, double? threshold)
    {
        Id = id;
        Metric = metric;
        SliId = sliId;
        Role = role;
        Threshold = threshold;
    }

    public Guid Id { get; private set; }

    /// <summary>A name, or the beginning of names when it ends with a star.</summary>
    public string Metric { get; private set; } = "";
    public int SliId { get; private set; }
    public StatsdRole Role { get; private set; }

    /// <summary>Of a timer, in milliseconds.</summary>
    public double? Threshold { get; private set; }
}
