namespace SloPortal.Domain.Objectives.Dependencies;

/// <summary>A dependency that the figures leave out, and why.</summary>
public sealed record LeftOutDependency(string Name, string Reason);

/// <summary>A dependency that the figures count, with the mean of its minutes (0 to 1).</summary>
public sealed record CountedDependency(string Name, string? Group, double Good, bool Derived);

/// <summary>
/// The best that a service can attain while what it needs is as it was (decision 0019): from the minutes as they were, with the
/// overlap of their outages, and as if all failed independently of one another.
/// </summary>
/// <param name="Observed">0 to 1; the mean over the minutes of the share that everything needed let pass.</param>
/// <param name="Independent">0 to 1; the same from the mean of each dependency alone.</param>
/// <param name="Minutes">Minutes in which every counted dependency is known; both figures are of these.</param>
/// <param name="WindowMinutes">Of the whole window.</param>
/// <param name="Counted">What was counted, the weakest first.</param>
/// <param name="Why">Why the two figures differ, in a sentence.</param>
public sealed record DependencyCeiling(
    double Observed, double Independent, int Minutes, int WindowMinutes, IReadOnlyList<CountedDependency> Counted, string Why)
{
    /// <summary>A dependency that is known in less than this share of the window says nothing about it. Product policy.</summary>
    public const double LeastKnown = 0.5;

    /// <summary>The ceiling of a service that needs <paramref name="parts"/>; without a figure where none of them is measured.</summary>
    /// <param name="parts">Hard dependencies; soft ones limit nothing.</param>
    /// <param name="minutes">Of the window; every node has as many.</param>
    /// <param name="without">Minutes to leave out, where not all count.</param>
    /// <returns>The ceiling, and what no figure counts, with the reason.</returns>
    public static (DependencyCeiling? Ceiling, IReadOnlyList<LeftOutDependency> LeftOut) Of(IReadOnlyList<DependencyPart> parts, int minutes, bool[]? without = null)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var plan = CeilingPlan.Of(parts, minutes);
        var common = plan.CommonMinutes();
        common.RemoveAll(minute => without?[minute] == true);
        if (plan.Parts.Count == 0 || common.Count == 0)
            return (null, plan.Parts.Count == 0 ? plan.LeftOut : [.. plan.LeftOut, new("Everything", "there is no minute in which all of it was measured")]);

        double observed = 0;
        var means = new double[plan.Parts.Count];
        foreach (var minute in common)
        {
            double all = 1;
            for (var i = 0; i < means.Length; i++)
            {
                var good = plan.Parts[i].GoodAt(minute);
                means[i] += good;
                all *= good;
            }

            observed += all;
        }

        observed /= common.Count;
        double apart = 1, independent = 1;
        for (var i = 0; i < means.Length; i++)
        {
            apart *= means[i] / common.Count;
            independent *= plan.Parts[i].Independent(common);
        }

        var counted = plan.Parts
            .SelectMany(p => p.Members.Select(m => new CountedDependency(m.Name, p.Group, m.Mean(common), m.IsDerived))).OrderBy(c => c.Good).ToList();
        return (new(Bounded(observed), Bounded(independent), common.Count, minutes, counted, WhyOf(observed - apart, apart - independent, 1 - independent)), plan.LeftOut);
    }

    // Sums of many minutes may end a hair outside.
    private static double Bounded(double share) => Math.Clamp(share, 0, 1);

    /// <param name="series">What comes from the overlap of what stands in series.</param>
    /// <param name="groups">What comes from the overlap within redundant groups.</param>
    /// <param name="lost">What independence loses, against which a difference is worth a word.</param>
    private static string WhyOf(double series, double groups, double lost)
    {
        var notable = Math.Max(1e-9, lost * 0.01);
        string[] reasons =
        [
            .. series > notable ? ["Outages coincide: what fails in the same minute costs that minute only once, so the measured figure is higher than independence says."] : Array.Empty<string>(),
            .. series < -notable ? ["Outages came one after another rather than together, so they cost more than independence says."] : Array.Empty<string>(),
            .. groups < -notable ? ["Members of a redundant group fail together more often than by chance, so the redundancy helps less than independence says."] : Array.Empty<string>(),
            .. groups > notable ? ["Members of a redundant group fail at different times, so the redundancy helps more than independence says."] : Array.Empty<string>(),
        ];
        return reasons.Length > 0 ? string.Join(" ", reasons) : "Both agree: the outages neither coincided nor avoided one another.";
    }
}
