using SloPortal.Domain.Access;

namespace SloPortal.Domain.Measurement.Coverage;

/// <summary>A class of failures of a journey that nothing notices, for a reason that somebody signed until a day of review.</summary>
public sealed class AcceptedGap
{
    private AcceptedGap() { }

    public AcceptedGap(Guid id, Guid journeyId, FailureClass failure, string reason, DateOnly reviewOn, Guid signedBy, string signedByName, Confirmation confirmedBy, DateTimeOffset signedAt)
    {
        Id = id;
        JourneyId = journeyId;
        Failure = failure;
        Reason = reason;
        ReviewOn = reviewOn;
        SignedBy = signedBy;
        SignedByName = signedByName;
        ConfirmedBy = confirmedBy;
        SignedAt = signedAt;
    }

    public Guid Id { get; private set; }
    public Guid JourneyId { get; private set; }
    public FailureClass Failure { get; private set; }
    public string Reason { get; private set; } = "";

    /// <summary>From the day after it is no longer accepted.</summary>
    public DateOnly ReviewOn { get; private set; }

    public Guid SignedBy { get; private set; }

    /// <summary>As it was then.</summary>
    public string SignedByName { get; private set; } = "";

    /// <summary>How they showed that it was them.</summary>
    public Confirmation ConfirmedBy { get; private set; }

    public DateTimeOffset SignedAt { get; private set; }

    /// <summary>When another one took its place or somebody took it back.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndedByName { get; private set; }

    public void End(string by, DateTimeOffset now)
    {
        EndedAt ??= now;
        EndedByName ??= by;
    }
}
