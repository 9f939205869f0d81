using System.Globalization;
using SloPortal.Application.Budgets.Coverage;
using SloPortal.Domain.Budgets.Coverage;
using SloPortal.Domain.Measurement.Coverage;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Budgets.Coverage;

/// <summary>The matrix in words.</summary>
internal static class CoverageWords
{
    public static string Failure(FailureClass failure) => failure switch
    {
        FailureClass.Unavailable => "Unavailable",
        FailureClass.Error => "Error",
        FailureClass.Slow => "Slow",
        FailureClass.Wrong => "Wrong",
        FailureClass.Stale => "Stale",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
    };

    public static string Meaning(FailureClass failure) => failure switch
    {
        FailureClass.Unavailable => "There is no answer.",
        FailureClass.Error => "The answer says that it failed.",
        FailureClass.Slow => "The right answer comes too late.",
        FailureClass.Wrong => "The answer is not right.",
        FailureClass.Stale => "The answer was right once.",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
    };

    public static (Tone Tone, string Word) State(CoverageState state) => state switch
    {
        CoverageState.Missing => (Tone.Bad, "Nothing"),
        CoverageState.ReviewDue => (Tone.Warn, "Review due"),
        CoverageState.NotMeasured => (Tone.NoData, "No data"),
        CoverageState.Unwatched => (Tone.Warn, "No alert"),
        CoverageState.Accepted => (Tone.Neutral, "Accepted gap"),
        CoverageState.Covered => (Tone.Good, "Covered"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>One line under the state.</summary>
    public static string Short(CoverageCell cell) => cell.State switch
    {
        CoverageState.Accepted or CoverageState.ReviewDue => $"review {Day(cell.Gap!.ReviewOn)}",
        _ => cell.Covers switch { [] => "", [var only] => only.Sli, var many => $"{many.Count} SLIs" },
    };

    /// <summary>A sentence that says what is missing.</summary>
    public static string Why(CoverageCell cell) => cell.State switch
    {
        CoverageState.Missing => "No SLI is named for it.",
        CoverageState.ReviewDue => $"It was accepted as a gap until {Day(cell.Gap!.ReviewOn)}.",
        CoverageState.NotMeasured => $"{string.Join(", ", cell.Covers.Select(c => $"{c.Service}: {c.Sli}"))} counted nothing for an hour.",
        CoverageState.Unwatched when cell.Covers.Any(c => c.Objective is not null) => "It is measured, and the objective on it has no alert that can fire.",
        CoverageState.Unwatched => "It is measured, and no objective in force stands on it.",
        CoverageState.Accepted => cell.Gap!.Reason,
        CoverageState.Covered => "It is measured now, and an objective with alerts stands on it.",
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell.State, null),
    };

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
