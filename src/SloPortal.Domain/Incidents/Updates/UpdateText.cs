namespace SloPortal.Domain.Incidents.Updates;

/// <summary>What an update says to stakeholders.</summary>
/// <param name="Title">What is the matter, in a few words for people outside.</param>
/// <param name="NextUpdateAt">When the next one is promised; null promises none.</param>
/// <param name="Services">How services are; of a resolved incident all are operational.</param>
/// <param name="StatusPages">Where it goes; nowhere means that it stands in the portal only.</param>
public sealed record UpdateText(
    ToldState State, string Title, string Body, DateTimeOffset? NextUpdateAt, IReadOnlyList<ToldService> Services, IReadOnlyList<Guid> StatusPages)
{
    public const int LongestTitle = 120;
    public const int LongestBody = 3000;

    /// <summary>Nobody promises the next update of what goes on for longer.</summary>
    public static readonly TimeSpan LatestPromise = TimeSpan.FromDays(7);

    /// <summary>Why this cannot be said at this moment; null where it can.</summary>
    public Common.Refusal? WhyNot(DateTimeOffset now)
    {
        if (State == ToldState.Resolved && NextUpdateAt is not null)
            return Common.Refusal.Invalid(nameof(NextUpdateAt), "After \"resolved\" no other update is promised. Leave the time out.");
        if (NextUpdateAt <= now)
            return Common.Refusal.Invalid(nameof(NextUpdateAt), "The next update is promised for a time that has passed. Give a later one, or promise none.");
        if (NextUpdateAt > now + LatestPromise)
            return Common.Refusal.Invalid(nameof(NextUpdateAt), $"Promise the next update within {LatestPromise.TotalDays:0} days.");
        return null;
    }
}
