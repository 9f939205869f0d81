namespace SloPortal.Domain.Measurement.Cost;

/// <summary>What becomes of samples that come faster than the budget of their source allows.</summary>
public enum AboveRate
{
    /// <summary>The sender is asked to send the request again later. Nothing is lost.</summary>
    Wait,

    /// <summary>Of each series the last sample of a minute is kept, which counts the same minutes as all of them.</summary>
    Thin,
}

/// <summary>The most that a source may cost. A source without one may send what the portal as a whole can take.</summary>
public sealed class SourceBudget
{
    private SourceBudget() { }

    public SourceBudget(int sourceId) => SourceId = sourceId;

    public int SourceId { get; private set; }

    /// <summary>The most series; null for as many as the portal keeps.</summary>
    public int? MaxSeries { get; private set; }

    /// <summary>The most samples a second, over a minute and by each portal; null for no limit.</summary>
    public int? MaxSamplesPerSecond { get; private set; }

    public AboveRate Above { get; private set; }
    public DateTimeOffset SetAt { get; private set; }

    /// <summary>The name of who set it.</summary>
    public string SetBy { get; private set; } = "";

    public uint Version { get; private set; }

    public void Set(int? maxSeries, int? maxSamplesPerSecond, AboveRate above, string by, DateTimeOffset now) =>
        (MaxSeries, MaxSamplesPerSecond, Above, SetBy, SetAt) = (maxSeries, maxSamplesPerSecond, above, by, now);
}

/// <summary>What a budget can say of each kind of source.</summary>
public static class BudgetKinds
{
    /// <summary>Whether the rate of such a source can be limited. Rows, packets and runs are bounded by how the portal itself takes them.</summary>
    public static bool HasRate(this SourceKind kind) => kind.SendsSeries() || kind == SourceKind.Push;

    /// <summary>
    /// Whether the rule can be chosen. A server that is pulled keeps its samples, so waiting would only put the same ones off; counts that
    /// are pushed add up, so none of them can be left out.
    /// </summary>
    public static bool Allows(this SourceKind kind, AboveRate above) => above switch
    {
        AboveRate.Wait => kind is SourceKind.RemoteWrite or SourceKind.Otlp or SourceKind.Push,
        AboveRate.Thin => kind.SendsSeries(),
        _ => throw new ArgumentOutOfRangeException(nameof(above), above, null),
    };
}
