namespace SloPortal.Domain.Measurement.Comparing;

/// <summary>
/// Another SLI that measures the same thing by another way: a probe beside real users, a load balancer beside the application. Both are counted
/// already; this says that they ought to agree, and how closely.
/// </summary>
public sealed class SliMeasurement
{
    private SliMeasurement() { }

    public SliMeasurement(Guid id, int sliId, int otherSliId, Tolerance tolerance, string reason, Guid addedBy, string addedByName, DateTimeOffset addedAt)
    {
        Id = id;
        SliId = sliId;
        OtherSliId = otherSliId;
        TolerancePoints = tolerance.Points;
        AfterHours = tolerance.AfterHours;
        GapHours = tolerance.GapHours;
        Reason = reason;
        AddedBy = addedBy;
        AddedByName = addedByName;
        AddedAt = addedAt;
    }

    public Guid Id { get; private set; }
    public int SliId { get; private set; }
    public int OtherSliId { get; private set; }

    /// <summary>Percentage points.</summary>
    public decimal TolerancePoints { get; private set; }

    public int AfterHours { get; private set; }
    public int GapHours { get; private set; }

    /// <summary>In which way it measures the same.</summary>
    public string Reason { get; private set; } = "";

    public Guid AddedBy { get; private set; }

    /// <summary>As it was then, as all names here.</summary>
    public string AddedByName { get; private set; } = "";

    public DateTimeOffset AddedAt { get; private set; }
    public string? RemovedByName { get; private set; }
    public DateTimeOffset? RemovedAt { get; private set; }
    public string? RemovedReason { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public Tolerance Tolerance => new(TolerancePoints, AfterHours, GapHours);

    public void Remove(string byName, string reason, DateTimeOffset now) => (RemovedByName, RemovedReason, RemovedAt) = (byName, reason, now);
}

/// <summary>How far two measurements may be apart.</summary>
/// <param name="Points">Of their good shares in an hour, percentage points.</param>
/// <param name="AfterHours">So many hours in a row beyond it are a finding.</param>
/// <param name="GapHours">So many hours in a row in which only one has data are a finding.</param>
public sealed record Tolerance(decimal Points, int AfterHours, int GapHours)
{
    /// <summary>0 to 1.</summary>
    public double Share => (double)Points / 100;

    public bool IsExceededBy(ComparedHour hour) => Math.Abs(hour.Difference ?? 0) > Share;
}
