using System.Globalization;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Domain.Incidents.Triage;

/// <summary>What is looked up by itself when an incident is declared, in the order in which it is read.</summary>
public enum TriageQuestion
{
    /// <summary>What was changed shortly before it began.</summary>
    Changes,
    /// <summary>How those stand that its services need, and those that need them.</summary>
    Dependencies,
    /// <summary>Which part of the traffic burns the budget.</summary>
    Segments,
    /// <summary>What probes see.</summary>
    Probes,
    /// <summary>What happened before that was like it.</summary>
    Similar,
    /// <summary>What the owners of its services wrote down for such a case.</summary>
    Runbooks,
}

public enum FindingState
{
    Found,
    Nothing,
    /// <summary>It could not be looked up; what is said is why.</summary>
    Failed,
}

/// <summary>One thing that was found.</summary>
/// <param name="Evidence">What shows it. What that is called is looked up for whoever reads, so that nothing is named to those who may not see it.</param>
/// <param name="Why">"4 min before it began, on the service itself": of this incident alone, since everybody reads it who may see this incident.</param>
/// <param name="Stands">Whether it speaks for being the cause, or hurts as well.</param>
public sealed record TriageItem(Evidence Evidence, string Why, bool Stands);

/// <summary>What was asked, so that a reader can ask again.</summary>
/// <param name="Words">"Deployments of checkout and of what it needs".</param>
/// <param name="From">Of the span that was looked at.</param>
/// <param name="To">Its end, and the instant of which the answer is.</param>
/// <param name="Services">Short names of the incident's services, in their order.</param>
/// <param name="Objective">"checkout/availability": whose story shows the span; null where the incident has none.</param>
public sealed record TriageQuery(string Words, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Services, string? Objective)
{
    /// <summary>In UTC, since it is stored as it is read: "2026-11-10 05:50 to 2026-11-10 12:00:00 UTC".</summary>
    public string Span => string.Create(CultureInfo.InvariantCulture, $"{(From == To ? "at " : $"{From.UtcDateTime:yyyy-MM-dd HH:mm} to ")}{To.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}

/// <summary>The answer to one question, as an entry of the timeline carries it.</summary>
/// <param name="Round">How often the portal had been asked for this incident.</param>
/// <param name="Said">The answer in a sentence.</param>
/// <param name="Items">What stands out first.</param>
public sealed record TriageFinding(int Round, TriageQuestion Question, FindingState State, string Said, IReadOnlyList<TriageItem> Items, TriageQuery Query)
{
    /// <summary>Names the entry, so that it stands once however many portals ask.</summary>
    public string Key => KeyOf(Round, Question);

    public static string KeyOf(int round, TriageQuestion question) =>
        string.Create(CultureInfo.InvariantCulture, $"triage/{round}/{Name(question)}");

    /// <summary>"changes".</summary>
    public static string Name(TriageQuestion question) => question.ToString().ToLowerInvariant();

    /// <summary>The entry: the answer, and below it what was asked.</summary>
    public string Body => $"{Said}\nAsked: {Query.Words}, {Query.Span}.";
}
