using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Objectives.Deriving;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>
/// The same history under each budgeting method, over the window that is proposed and over calendar months, and the hours that make
/// the verdicts differ.
/// </summary>
/// <param name="SliceMinutes">Length of a slice.</param>
/// <param name="SliceTarget">From which share of good events a slice is good, in percent; null is the target itself.</param>
/// <param name="Externals">Whether failures of vendors count.</param>
public sealed record CompareMethods(string Service, string Sli, decimal TargetPercent, string Window, int SliceMinutes = 5, decimal? SliceTarget = null, ExternalFailures Externals = ExternalFailures.Counted)
{
    private const int MostDifferences = 5;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, PromisedHistory history, TimeProvider clock)
    {
        public async Task<Outcome<MethodsCompared>> HandleAsync(CompareMethods request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (ObjectiveTarget.RefusalFor(request.TargetPercent) is { } target)
                return Refusal.Invalid(nameof(TargetPercent), target);
            if (request.SliceTarget is { } sliceTarget && ObjectiveTarget.RefusalFor(sliceTarget) is { } slice)
                return Refusal.Invalid(nameof(SliceTarget), slice);
            if (SliceLength.RefusalFor(request.SliceMinutes) is { } length)
                return Refusal.Invalid(nameof(SliceMinutes), length);
            if (!SloWindow.TryParse(request.Window, out var window, out var refusal))
                return Refusal.Invalid(nameof(Window), refusal!);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var sli = await AgreementRules.SliOfServiceAsync(db, request.Service, request.Sli, ct);
            if (!sli.Succeeded)
                return sli.Refusal;

            var minutes = await history.ReadAsync(sli.Value, request.Externals, clock.GetUtcNowInMicroseconds(), ct);
            if (minutes is null)
                return Refusal.Invalid(nameof(Sli), $"Nothing has been counted for {sli.Value.Name} yet, so methods cannot be compared.");
            return Compare(minutes, sli.Value.Definition is Composite ? new CompositeMinutes() : new Occurrences(), request, window!);
        }
    }

    private static MethodsCompared Compare(MinuteCounts minutes, BudgetingMethod plain, CompareMethods request, SloWindow window)
    {
        var target = new ObjectiveTarget(request.TargetPercent);
        var length = new SliceLength(request.SliceMinutes);
        BudgetingMethod[] methods = [plain, new TimeSlices(length, new ObjectiveTarget(request.SliceTarget ?? request.TargetPercent)), new RatioTimeSlices(length)];
        SloWindow other = window is CalendarWindow ? new RollingWindow(30) : new CalendarWindow(CalendarPeriod.Month, "UTC");

        var verdicts = new[] { window, other }.SelectMany(w => MethodComparison.Judge(minutes, methods, w, target)).Select(MethodFigures.Of).ToList();
        var within = PastWindows.Of(minutes, window).Last()?.Window;
        var differences = within is { } last ? MethodComparison.Differences(minutes, methods, last, target, MostDifferences) : [];
        return new MethodsCompared(
            minutes.Covered.Start, minutes.Covered.End, within?.Start, within?.End, verdicts,
            [.. differences.Select(d => new DifferentHours(d.When.Start, d.When.End, d.Counts.Bad, d.Counts.Total, d.Spent))],
            MethodAdvice.For(minutes, window, target));
    }
}

/// <param name="LastFrom">The last whole window, in which <paramref name="Differences"/> lie; null where the history is shorter.</param>
/// <param name="Verdicts">The methods over the proposed window, then over the other kind of window.</param>
/// <param name="Differences">The hours that the methods charge most differently.</param>
/// <param name="Advice">What suits the traffic.</param>
public sealed record MethodsCompared(
    DateTimeOffset HistoryFrom, DateTimeOffset HistoryTo, DateTimeOffset? LastFrom, DateTimeOffset? LastTo,
    IReadOnlyList<MethodFigures> Verdicts, IReadOnlyList<DifferentHours> Differences, string Advice);

/// <param name="Method">As it is written: "timeslices 5m 99".</param>
/// <param name="Phrase">As it is said.</param>
/// <param name="Window">As it is said.</param>
/// <param name="Attained">In the last whole window, 0 to 1; null without one.</param>
/// <param name="BudgetLeft">Of that window: 1 untouched, 0 spent, negative overspent.</param>
/// <param name="MetShare">Of all past windows, 0 to 1.</param>
/// <param name="Windows">Past windows that were judged.</param>
public sealed record MethodFigures(string Method, string Phrase, string Window, double? Attained, double? BudgetLeft, bool? Met, double? MetShare, int Windows)
{
    internal static MethodFigures Of(MethodVerdict v) => new(
        v.Method.ToString()!, v.Method.Phrase, v.Window.Phrase, v.Last?.Attained, v.BudgetLeft, v.Met, v.Result.MetShare, v.Result.Windows);
}

/// <param name="Spent">The share of the budget of one window that each method charges, in the order of the methods.</param>
public sealed record DifferentHours(DateTimeOffset From, DateTimeOffset To, double Failed, double Total, IReadOnlyList<double> Spent);
