namespace SloPortal.Domain.Incidents.Timeline.Phases;

/// <summary>What says that a phase began.</summary>
public enum SignKind
{
    /// <summary>The start of the impact.</summary>
    Start,
    /// <summary>A burn alert fired.</summary>
    Alert,
    /// <summary>A page called for somebody.</summary>
    Page,
    /// <summary>A person declared it.</summary>
    Declaration,
    /// <summary>Somebody took a page.</summary>
    PageTaken,
    /// <summary>A change of its status.</summary>
    Status,
}

/// <summary>Something that was recorded.</summary>
/// <param name="Entry">The line of the timeline that says so; null where none does.</param>
/// <param name="Page">Number of the page.</param>
public sealed record Sign(DateTimeOffset At, SignKind Kind, Guid? Entry = null, int? Page = null);

/// <summary>A change of status, as of when it happened.</summary>
public sealed record StatusSign(DateTimeOffset At, IncidentStatus To, Guid? Entry = null);

/// <summary>What is recorded of an incident as far as its phases go.</summary>
/// <param name="Start">Of the impact.</param>
/// <param name="Signals">Alerts, pages and declarations, of merged incidents too.</param>
/// <param name="Taken">Acknowledgements of pages, and those of incidents that were merged into it.</param>
/// <param name="Statuses">Its own, in the order of recording.</param>
public sealed record PhaseFacts(Sign Start, IReadOnlyList<Sign> Signals, IReadOnlyList<Sign> Taken, IReadOnlyList<StatusSign> Statuses);

/// <param name="From">What it rests on.</param>
/// <param name="At">Of the sign, or of the beginning where the sign is earlier.</param>
public sealed record DerivedPhase(DateTimeOffset At, Sign From)
{
    /// <summary>The sign is from before the beginning, so that the phase counts from there.</summary>
    public bool IsFromBeginning => From.At < At;
}

/// <summary>The phases that follow from what is recorded. They are in order whatever was recorded: nothing comes before the beginning, or before what it needs.</summary>
public static class DerivedPhases
{
    /// <returns>Those that are known.</returns>
    public static IReadOnlyDictionary<Phase, DerivedPhase> Of(PhaseFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var (statuses, mitigated, resolved) = Walk(facts.Statuses);
        // What is resolved hurts nobody: whoever skipped the step, or says that the end came earlier, says both.
        if (resolved is not null && (mitigated is null || mitigated.At > resolved.At))
            mitigated = resolved;
        var acknowledged = Earliest(facts.Taken.Concat(statuses));
        // Taken only after it was over: nobody had acknowledged it while it lasted.
        if (acknowledged is not null && mitigated is not null && acknowledged.At > mitigated.At)
            acknowledged = null;
        // Whoever acknowledged or ended it knew of it.
        var detected = Earliest(facts.Signals.Concat(new[] { acknowledged, mitigated }.OfType<Sign>()));
        return new[] { (Phase.Began, (Sign?)facts.Start), (Phase.Detected, detected), (Phase.Acknowledged, acknowledged), (Phase.Mitigated, mitigated), (Phase.Resolved, resolved) }
            .Where(p => p.Item2 is not null)
            .ToDictionary(p => p.Item1, p => new DerivedPhase(p.Item2!.At > facts.Start.At ? p.Item2.At : facts.Start.At, p.Item2));
    }

    /// <summary>The end holds until it comes back; what was mitigated before that was not for good.</summary>
    private static (List<Sign> Acknowledged, Sign? Mitigated, Sign? Resolved) Walk(IReadOnlyList<StatusSign> statuses)
    {
        var acknowledged = new List<Sign>();
        var (mitigated, resolved) = ((Sign?)null, (Sign?)null);
        foreach (var status in statuses)
        {
            var sign = new Sign(status.At, SignKind.Status, status.Entry);
            switch (status.To)
            {
                case IncidentStatus.Acknowledged:
                    acknowledged.Add(sign);
                    (mitigated, resolved) = (null, null);
                    break;
                case IncidentStatus.Mitigated:
                    mitigated = sign;
                    break;
                case IncidentStatus.Resolved:
                    resolved = sign;
                    break;
                case IncidentStatus.Detected or IncidentStatus.Closed:
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(statuses), status.To, null);
            }
        }
        return (acknowledged, mitigated, resolved);
    }

    private static Sign? Earliest(IEnumerable<Sign> signs) => signs.MinBy(s => s.At);
}
