using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Domain.Incidents.Escalation.Quiet;

public enum SilenceState
{
    Planned,
    Active,
    Over,
}

/// <summary>
/// A time in which signals of a team that fit call nobody. They stand in the ledger; what still fires when it ends is decided anew.
/// </summary>
public sealed class Silence
{
    public const int MostConditions = 10;
    public const int MaxReason = 500;

    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>So long before the end those who are concerned are told, or at a quarter of what is shorter than an hour.</summary>
    public static readonly TimeSpan ToldBefore = TimeSpan.FromMinutes(15);

    private Silence() { }

    public Silence(
        Guid id, Guid teamId, Guid? serviceId, IReadOnlyList<LabelCondition> conditions, DateTimeOffset startsAt, DateTimeOffset endsAt, string reason, Guid? by, string byName, DateTimeOffset now)
    {
        Id = id;
        TeamId = teamId;
        ServiceId = serviceId;
        Conditions = [.. conditions];
        StartsAt = startsAt;
        Reason = reason;
        PlannedBy = by;
        PlannedByName = byName;
        PlannedAt = now;
        EndsAt = endsAt;
        TellAt = Telling(startsAt, endsAt);
    }

    public Guid Id { get; private set; }
    public Guid TeamId { get; private set; }

    /// <summary>Only signals about this service; null for all of the team.</summary>
    public Guid? ServiceId { get; private set; }

    /// <summary>All of them must hold. None holds for every signal.</summary>
    public IReadOnlyList<LabelCondition> Conditions { get; private set; } = [];

    public DateTimeOffset StartsAt { get; private set; }

    /// <summary>The first instant at which it covers nothing any more.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    public string Reason { get; private set; } = "";
    public Guid? PlannedBy { get; private set; }
    public string PlannedByName { get; private set; } = "";
    public DateTimeOffset PlannedAt { get; private set; }

    /// <summary>When it is told that it ends soon; null once that is done.</summary>
    public DateTimeOffset? TellAt { get; private set; }

    /// <summary>Who ended it before its time; null where nobody did.</summary>
    public string? EndedByName { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public SilenceState StateAt(DateTimeOffset now) => now >= EndsAt ? SilenceState.Over : now < StartsAt ? SilenceState.Planned : SilenceState.Active;

    public bool Covers(Signal signal, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return StateAt(at) == SilenceState.Active && Fits(signal);
    }

    /// <summary>Whether it is about such a signal, at whatever time.</summary>
    public bool Fits(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return signal.TeamId == TeamId && (ServiceId is null || ServiceId == signal.ServiceId) && Conditions.All(c => c.Holds(signal.Labels));
    }

    /// <summary>Moves the end, and with it when it is told.</summary>
    public void Move(DateTimeOffset endsAt)
    {
        EndsAt = endsAt;
        TellAt = Telling(StartsAt, endsAt);
    }

    /// <summary>Ends it before its time. One that was only planned has then never been.</summary>
    public void End(string byName, DateTimeOffset now)
    {
        EndsAt = now;
        if (StartsAt > now)
            StartsAt = now;
        EndedByName = byName;
        TellAt = null;
    }

    public void Told() => TellAt = null;

    private static DateTimeOffset Telling(DateTimeOffset startsAt, DateTimeOffset endsAt)
    {
        var quarter = (endsAt - startsAt) / 4;
        return endsAt - (quarter < ToldBefore ? quarter : ToldBefore);
    }
}
