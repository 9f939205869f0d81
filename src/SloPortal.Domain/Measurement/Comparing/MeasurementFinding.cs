using SloPortal.Domain.Common;

namespace SloPortal.Domain.Measurement.Comparing;

public enum FindingState
{
    Open,
    /// <summary>They agree again.</summary>
    Agreed,
    /// <summary>A person closed it.</summary>
    Closed,
}

/// <summary>What each counted in an hour of a finding.</summary>
public sealed record FindingHour(DateTimeOffset Start, double Good, double Total, double OtherGood, double OtherTotal)
{
    public static FindingHour Of(ComparedHour hour) => new(hour.Start, hour.First.Good, hour.First.Total, hour.Second.Good, hour.Second.Total);
}

/// <summary>Two measurements did not agree, and the hours that show it. There is one open of each kind and pair at most.</summary>
public sealed class MeasurementFinding
{
    /// <summary>The newest hours that are kept as evidence.</summary>
    public const int MostEvidence = 48;

    private MeasurementFinding() { }

    public MeasurementFinding(Guid id, SliMeasurement measurement, DisagreementRun run, DateTimeOffset openedAt)
    {
        Id = id;
        MeasurementId = measurement.Id;
        Kind = run.Kind;
        Since = run.Since;
        OpenedAt = openedAt;
        Follow(run);
    }

    public Guid Id { get; private set; }
    public Guid MeasurementId { get; private set; }
    public FindingKind Kind { get; private set; }
    public FindingState State { get; private set; }

    /// <summary>Start of the first hour.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>Start of the newest hour.</summary>
    public DateTimeOffset LastHour { get; private set; }

    /// <summary>Hours beyond the tolerance.</summary>
    public int Hours { get; private set; }

    /// <summary>The largest difference, percentage points; null where one had no data.</summary>
    public double? LargestPoints { get; private set; }

    public IReadOnlyList<FindingHour> Evidence { get; private set; } = [];
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Null where they agreed again.</summary>
    public string? ClosedByName { get; private set; }

    public string? ClosedReason { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    /// <summary>It goes on.</summary>
    public void Follow(DisagreementRun run)
    {
        Hours = Math.Max(Hours, run.Hours.Count);
        LastHour = run.Hours[^1].Start;
        var largest = run.Hours.Max(h => h.Difference is { } d ? Math.Abs(d) * 100 : (double?)null);
        LargestPoints = LargestPoints > largest ? LargestPoints : largest ?? LargestPoints;
        Evidence = [.. run.Hours.TakeLast(MostEvidence).Select(FindingHour.Of)];
    }

    public void Agree(DateTimeOffset now) => (State, ClosedAt) = (FindingState.Agreed, now);

    public Refusal? Close(string byName, string reason, DateTimeOffset now)
    {
        if (State != FindingState.Open)
            return Refusal.Conflict("It is closed already.");
        (State, ClosedAt, ClosedByName, ClosedReason) = (FindingState.Closed, now, byName, reason);
        return null;
    }
}
