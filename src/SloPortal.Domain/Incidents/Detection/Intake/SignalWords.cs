namespace SloPortal.Domain.Incidents.Detection.Intake;

/// <summary>Where a signal came from.</summary>
public enum SignalOrigin
{
    /// <summary>A burn alert of the portal itself.</summary>
    BurnAlert,
    /// <summary>Alertmanager, or Prometheus without one.</summary>
    Alertmanager,
    PagerDuty,
    CloudEvents,
    Grafana,
    Mail,
    /// <summary>A person, by the form.</summary>
    Report,
}

/// <summary>How bad the sender says it is: the four words of PagerDuty's events, in their order.</summary>
public enum SignalSeverity
{
    Info,
    Warning,
    Error,
    Critical,
}

/// <summary>How an episode stands.</summary>
public enum SignalState
{
    Firing,
    /// <summary>Its sender says that somebody is at it.</summary>
    Acknowledged,
    Resolved,
}

/// <summary>What happened to a signal.</summary>
public enum SignalEventKind
{
    /// <summary>The episode began.</summary>
    Fired,
    /// <summary>The sender said again what was known.</summary>
    Repeated,
    /// <summary>It became more severe.</summary>
    Changed,
    Acknowledged,
    Resolved,
    /// <summary>What kept it quiet is over, and it still fires.</summary>
    Resumed,
}

/// <summary>What became of an event.</summary>
public enum SignalOutcome
{
    /// <summary>A page began with it.</summary>
    Paged,
    /// <summary>It belongs to a page that was there.</summary>
    JoinedPage,
    /// <summary>It stands in the ledger and calls nobody.</summary>
    Recorded,
    /// <summary>It says what was said before.</summary>
    Deduplicated,
    /// <summary>A silence covers it.</summary>
    Silenced,
    /// <summary>Something worse that fires explains it.</summary>
    Inhibited,
    /// <summary>It waits, for more of its group or for business hours.</summary>
    Held,
    /// <summary>More pages than the cap allows.</summary>
    Capped,
    /// <summary>Nothing says who is called.</summary>
    NoPolicy,
    /// <summary>The page that it belonged to ended with it.</summary>
    Closed,
    /// <summary>The schedule has a gap.</summary>
    NoOneOnCall,
}
