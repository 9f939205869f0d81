using SloPortal.Domain.Access;

namespace SloPortal.Domain.Objectives.Negotiation;

/// <summary>An aim and not yet a promise: by when the target shall be attainable, and by which work.</summary>
public sealed class Aspiration
{
    private Aspiration() { }

    internal Aspiration(DateOnly until, IEnumerable<Guid> actions)
    {
        Until = until;
        Actions = [.. actions.Distinct()];
    }

    /// <summary>The last day on which it is an aim.</summary>
    public DateOnly Until { get; private set; }

    /// <summary>Ids of the actions that make it attainable.</summary>
    public List<Guid> Actions { get; private set; } = [];
}

/// <summary>Somebody entitled to took the risk that a target breaks, in their words.</summary>
public sealed class AcceptedRisk
{
    private AcceptedRisk() { }

    public AcceptedRisk(Guid personId, string personName, string words, Confirmation confirmedBy, DateTimeOffset at)
    {
        PersonId = personId;
        PersonName = personName;
        Words = words;
        ConfirmedBy = confirmedBy;
        At = at;
    }

    public Guid PersonId { get; private set; }

    /// <summary>As it was then.</summary>
    public string PersonName { get; private set; } = "";

    public string Words { get; private set; } = "";
    public Confirmation ConfirmedBy { get; private set; }
    public DateTimeOffset At { get; private set; }
}
