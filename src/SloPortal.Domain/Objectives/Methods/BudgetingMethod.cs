using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Methods;

/// <summary>
/// How minutes become what a target is held against (the three of OpenSLO): every event counts alike (<see cref="Occurrences"/>), every
/// slice of time counts alike and is good or bad (<see cref="TimeSlices"/>), or every slice counts alike with the share of its events
/// that were good (<see cref="RatioTimeSlices"/>).
/// </summary>
public abstract record BudgetingMethod
{
    // Closed: the three kinds are all there are.
    private protected BudgetingMethod()
    {
    }

    /// <summary>For a person: "5-minute slices, each good from 99 % on".</summary>
    public abstract string Phrase { get; }

    /// <summary>The history as this method counts it.</summary>
    public abstract MinuteCounts Count(MinuteCounts minutes);
}

/// <summary>Each event counts alike, so a busy minute counts more than a quiet one.</summary>
public sealed record Occurrences : BudgetingMethod
{
    public override string Phrase => "events";

    public override MinuteCounts Count(MinuteCounts minutes) => minutes;

    public override string ToString() => "occurrences";
}

/// <summary>Each slice with events counts one, and is good when at least <paramref name="SliceTarget"/> of its events were.</summary>
public sealed record TimeSlices(SliceLength Length, ObjectiveTarget SliceTarget) : BudgetingMethod
{
    public override string Phrase => $"{Length.Phrase} slices, each good from {SliceTarget} on";

    public override MinuteCounts Count(MinuteCounts minutes) =>
        Slices.Of(minutes, Length, slice => slice.Bad <= SliceTarget.AllowedFailures(slice.Total) ? 1 : 0);

    public override string ToString() => $"timeslices {Length} {SliceTarget.Percent.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}

/// <summary>Each slice with events counts one, and its good part is the share of its events that were good.</summary>
public sealed record RatioTimeSlices(SliceLength Length) : BudgetingMethod
{
    public override string Phrase => $"mean of {Length.Phrase} slices";

    public override MinuteCounts Count(MinuteCounts minutes) => Slices.Of(minutes, Length, slice => slice.Ratio!.Value);

    public override string ToString() => $"ratio timeslices {Length}";
}
