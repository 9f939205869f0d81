using System.Globalization;

namespace SloPortal.Domain.Incidents.Runbooks;

/// <summary>Why no machine may act on an incident by itself.</summary>
public enum StopPattern
{
    /// <summary>How the services stand could not be looked up.</summary>
    NotKnown,
    ProbesPassWhileItBurns,
    ProbesFailWhileNothingBurns,
    /// <summary>What it needs is unwell and it is not.</summary>
    FailureIsElsewhere,
    ManyServices,
}

/// <param name="Sentence">For people, with the figures.</param>
public sealed record StopReason(StopPattern Pattern, string Sentence);

/// <summary>How a service of an incident, or one near it, stands.</summary>
/// <param name="IsOfIncident">The incident is about it.</param>
/// <param name="IsNeeded">A service of the incident needs it.</param>
/// <param name="Pages">A burn alert of the severity page fires for one of its objectives.</param>
/// <param name="IsUnwell">One of its objectives hurts now, see <see cref="Triage.DependencyHealth.IsUnwell"/>.</param>
/// <param name="IsKnown">At least one of its objectives is measured now.</param>
/// <param name="ProbesPass">Probes by location whose last run passed.</param>
/// <param name="ProbesFail">Those whose last run failed.</param>
/// <param name="ProbesSilent">Those that say nothing now.</param>
public sealed record ServiceStanding(
    string Name, bool IsOfIncident, bool IsNeeded = false, bool Pages = false, bool IsUnwell = false, bool IsKnown = true, int ProbesPass = 0, int ProbesFail = 0, int ProbesSilent = 0)
{
    public bool IsWell => IsKnown && !IsUnwell;
}

/// <summary>
/// When the automation of an incident stops: where what is known contradicts itself, the runbook of the service may be the wrong one; where many services
/// fail at once, a cause that no single runbook treats is likelier, and each step may make it worse. Product policy.
/// </summary>
public static class AutomationStop
{
    /// <summary>So many services unwell at once are a pattern of their own.</summary>
    public const int ManyServices = 3;

    /// <summary>A reason for each pattern that is there; none where the automation may go on.</summary>
    public static IReadOnlyList<StopReason> Of(IReadOnlyCollection<ServiceStanding> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var own = services.Where(s => s.IsOfIncident).OrderBy(s => s.Name, StringComparer.Ordinal).ToList();
        var reasons = new List<StopReason>();
        if (own.Find(s => s.Pages && s is { ProbesPass: > 0, ProbesFail: 0, ProbesSilent: 0 }) is { } burning)
            reasons.Add(new(StopPattern.ProbesPassWhileItBurns, $"{burning.Name} burns its budget at the rate that pages, but all its probes pass ({Locations(burning.ProbesPass)})."));
        if (own.Find(s => s.IsWell && s is { ProbesPass: 0, ProbesFail: > 0, ProbesSilent: 0 }) is { } failing)
            reasons.Add(new(StopPattern.ProbesFailWhileNothingBurns, $"All probes of {failing.Name} fail ({Locations(failing.ProbesFail)}), but none of its objectives burns."));
        if (own.Count > 0 && own.TrueForAll(s => s.IsWell && s.ProbesFail == 0) && services.Where(s => s is { IsOfIncident: false, IsNeeded: true, IsUnwell: true }).MinBy(s => s.Name, StringComparer.Ordinal) is { } needed)
            reasons.Add(new(StopPattern.FailureIsElsewhere, $"{needed.Name}, which {Named(own)}, is unwell, and {(own.Count == 1 ? own[0].Name : "none of these")} {(own.Count == 1 ? "is not" : "is")}."));
        var unwell = services.Where(s => s.IsUnwell).Select(s => s.Name).Order(StringComparer.Ordinal).ToList();
        if (unwell.Count >= ManyServices)
            reasons.Add(new(StopPattern.ManyServices, string.Create(CultureInfo.InvariantCulture, $"{unwell.Count} services are unwell at once: {Listed(unwell)}.")));
        return reasons;
    }

    /// <summary>What is not known cannot be ruled out.</summary>
    public static StopReason NotKnown { get; } = new(StopPattern.NotKnown, "The portal could not look up how the services stand, so it cannot rule out that they contradict one another.");

    private static string Locations(int count) => count == 1 ? "1 location" : string.Create(CultureInfo.InvariantCulture, $"{count} locations");

    private static string Named(List<ServiceStanding> own) => own.Count == 1 ? $"{own[0].Name} needs" : $"the {own.Count.ToString(CultureInfo.InvariantCulture)} services of the incident need";

    private static string Listed(List<string> names) => names.Count <= 5 ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(5))} and {names.Count - 5} more");
}
