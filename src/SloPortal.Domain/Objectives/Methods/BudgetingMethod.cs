using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Methods;

/// <summary>
/// How minutes become what a target is held against (the three of OpenSLO, and that of composites): every event counts alike (<see cref="Occurrences"/>), every
/// slice of time counts alike and is good or bad (<see cref="TimeSlices"/>), or every slice counts alike with the share of its events
/// that were good (<see cref="RatioTimeSlices"/>).
/// </summary>
public abstract record BudgetingMethod
{
    // Closed: the three kinds are all there are.
    private protected BudgetingMethod()
    {
    }

    // Burn alerts look back five minutes at the least and must see whole slices; a method that is only compared may have any.
    private const int LongestAgreedSlice = 5;

    /// <summary>What an objective counts by unless something else was agreed.</summary>
    public static BudgetingMethod Default { get; } = new Occurrences();

    /// <summary>For a person: "5-minute slices, each good from 99 % on".</summary>
    public abstract string Phrase { get; }

    /// <summary>What is counted, one of many: "events", "minutes" or "slices".</summary>
    public abstract string Unit { get; }

    /// <summary>How long one slice is; a minute, the finest that is stored, where events count.</summary>
    public abstract TimeSpan Step { get; }

    /// <summary>Says in a sentence why no objective can be agreed on by this method; null when one can.</summary>
    public string? RefusalToAgree => LongestAgreedSlice % Step.TotalMinutes == 0 ? null
        : "A slice of an objective lasts 1 or 5 minutes, so that burn alerts, which look back as little as 5 minutes, see whole slices.";

    /// <summary>The last end of a slice at or before <paramref name="instant"/>: what comes after it is not judged yet.</summary>
    public DateTimeOffset Floor(DateTimeOffset instant) => MinuteClock.Floor(instant, Step);

    /// <summary>The history as this method counts it.</summary>
    public abstract MinuteCounts Count(MinuteCounts minutes);
}

/// <summary>Each event counts alike, so a busy minute counts more than a quiet one.</summary>
public sealed record Occurrences : BudgetingMethod
{
    public override string Phrase => "events";

    public override string Unit => "events";

    public override TimeSpan Step => TimeSpan.FromMinutes(1);

    public override MinuteCounts Count(MinuteCounts minutes) => minutes;

    public override string ToString() => "occurrences";
}

/// <summary>Each minute of a composite counts as much as its parts say; the composite itself is counted so already.</summary>
public sealed record CompositeMinutes : BudgetingMethod
{
    public override string Phrase => "minutes";

    public override string Unit => "minutes";

    public override TimeSpan Step => TimeSpan.FromMinutes(1);

    public override MinuteCounts Count(MinuteCounts minutes) => minutes;

    public override string ToString() => "minutes";
}

/// <summary>Each slice with events counts one, and is good when at least <paramref name="SliceTarget"/> of its events were.</summary>
public sealed record TimeSlices(SliceLength Length, ObjectiveTarget SliceTarget) : BudgetingMethod
{
    public override string Phrase => $"{Length.Phrase} slices, each good from {SliceTarget} on";

    public override string Unit => "slices";

    public override TimeSpan Step => TimeSpan.FromMinutes(Length.Minutes);

    public override MinuteCounts Count(MinuteCounts minutes) =>
        Slices.Of(minutes, Length, slice => slice.Bad <= SliceTarget.AllowedFailures(slice.Total) ? 1 : 0);

    public override string ToString() => $"timeslices {Length} {SliceTarget.Percent.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>Each slice with events counts one, and its good part is the share of its events that were good.</summary>
public sealed record RatioTimeSlices(SliceLength Length) : BudgetingMethod
{
    public override string Phrase => $"mean of {Length.Phrase} slices";

    public override string Unit => "slices";

    public override TimeSpan Step => TimeSpan.FromMinutes(Length.Minutes);

    public override MinuteCounts Count(MinuteCounts minutes) => Slices.Of(minutes, Length, slice => slice.Ratio!.Value);

    public override string ToString() => $"ratio timeslices {Length}";
}
