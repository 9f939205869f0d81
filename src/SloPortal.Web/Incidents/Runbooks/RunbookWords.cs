using System.Globalization;
using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Runbooks;

/// <summary>Steps as pages say them.</summary>
internal static class RunbookWords
{
    public static string Kind(StepKind kind) => kind switch
    {
        StepKind.Reads => "only reads",
        StepKind.Changes => "changes something",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static Tone ToneOf(StepRunState state) => state switch
    {
        StepRunState.Waiting or StepRunState.TimedOut or StepRunState.Unknown => Tone.Warn,
        StepRunState.Approved or StepRunState.Running => Tone.Info,
        StepRunState.Succeeded => Tone.Good,
        StepRunState.Failed => Tone.Bad,
        StepRunState.Declined or StepRunState.Stopped => Tone.Neutral,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <param name="isStopped">Nothing that is queued starts.</param>
    public static string Word(StepRunState state, bool isStopped) => state switch
    {
        StepRunState.Waiting => "Waits for approval",
        StepRunState.Approved => isStopped ? "Queued" : "Starts",
        StepRunState.Running => "Runs",
        StepRunState.Succeeded => "Succeeded",
        StepRunState.Failed => "Failed",
        StepRunState.TimedOut => "Timed out",
        StepRunState.Unknown => "Outcome unknown",
        StepRunState.Declined => "Declined",
        StepRunState.Stopped => "Not run",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>", asked by Rosa: they hang; approved by Ines: seen before"; empty where it runs by itself.</summary>
    public static string Story(StepRunRow run)
    {
        if (run.AskedBy is null)
            return "";
        var decided = run.DecidedBy is null ? "" : $"; {(run.State == StepRunState.Declined ? "declined" : "approved")} by {run.DecidedBy}{Because(run.DecidedBecause)}";
        return $", asked by {run.AskedBy}{Because(run.Because)}{decided}";
    }

    private static string Because(string? reason) => reason is null ? "" : ": " + reason;

    /// <summary>"3 steps, 2 of them only read".</summary>
    public static string Count(IReadOnlyCollection<StepKind> steps)
    {
        var reads = steps.Count(s => s == StepKind.Reads);
        return steps.Count == 1 ? $"1 step, which {Kind(steps.First())}"
            : string.Create(CultureInfo.InvariantCulture, $"{steps.Count} steps, {(reads == 0 ? "none of which only reads" : reads == steps.Count ? "which all only read" : reads == 1 ? "1 of which only reads" : $"{reads} of which only read")}");
    }
}
