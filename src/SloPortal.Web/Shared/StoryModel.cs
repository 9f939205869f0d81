namespace SloPortal.Web.Shared;

/// <summary>
/// What the story chart draws; <c>js/story-chart.js</c> reads it as camel-cased JSON. Instants are milliseconds since the Unix
/// epoch, shares are percent, and null means that nothing was measured.
/// </summary>
public sealed record StoryModel
{
    public required long RangeStart { get; init; }

    public required long RangeEnd { get; init; }

    public required long Now { get; init; }

    /// <summary>The reader's IANA zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>In order of time. A point of nulls opens a gap.</summary>
    public required IReadOnlyList<StoryPoint> Points { get; init; }

    public StoryProjection? Projection { get; init; }

    /// <summary>The target from each instant on, in order.</summary>
    public IReadOnlyList<StoryTarget> Target { get; init; } = [];

    public IReadOnlyList<StoryThreshold> Thresholds { get; init; } = [];

    public IReadOnlyList<StoryEvent> Events { get; init; } = [];

    public IReadOnlyList<StoryShade> Shaded { get; init; } = [];

    /// <summary>Words in place of those of <c>js/story/words.js</c>, by their keys.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();
}

/// <summary>A moment: attained over the window, budget left, burn rate as a multiple of even burn, good events of the moment itself.</summary>
public sealed record StoryPoint(long T, double? Attained, double? BudgetLeft, double? Burn, double? Good);

/// <summary>The budget falls in a straight line from a value now to nothing at <paramref name="ToT"/>.</summary>
public sealed record StoryProjection(long FromT, double FromValue, long ToT);

public sealed record StoryTarget(long From, double Target);

/// <summary>A burn rate that fires; severity is <c>page</c> or <c>ticket</c>.</summary>
public sealed record StoryThreshold(string Label, double Burn, string Severity);

/// <summary>
/// A mark in the lane. Kind is <c>version</c>, <c>alert</c>, <c>deployment</c>, <c>incident</c>, <c>postmortem</c>, <c>correction</c> or
/// <c>action</c>;
/// tone, when given, is a name of <see cref="ToneName"/> and overrides the kind's colour.
/// </summary>
public sealed record StoryEvent(string Id, string Kind, long T, string Label, string? Href = null, long? End = null, string? Tone = null);

public sealed record StoryShade(long From, long To, string Tone = "bad");
