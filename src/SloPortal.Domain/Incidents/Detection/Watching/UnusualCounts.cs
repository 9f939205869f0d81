namespace SloPortal.Domain.Incidents.Detection.Watching;

/// <summary>What was counted in a stretch of time.</summary>
/// <param name="Count">Bad events, or reports.</param>
/// <param name="Exposure">What the count is in proportion to when nothing is wrong: events, hours, or the bad events that the rest would have had.</param>
public readonly record struct CountedStretch(double Count, double Exposure);

/// <summary>How one stretch compares with those before it.</summary>
/// <param name="Observed">Its count.</param>
/// <param name="Expected">The count that the stretches before it make likely.</param>
/// <param name="Dispersion">Variance ÷ mean as these have it; 1 for events that come each by itself.</param>
/// <param name="PValue">How likely so many or more are by chance.</param>
public readonly record struct CountJudged(double Observed, double Expected, double Dispersion, double PValue);

/// <summary>
/// Whether a count is more than chance brings, against the stretches before it: a quasi-Poisson model, of which mean and overdispersion come from these (McCullagh and
/// Nelder, Generalized Linear Models, 1989, 6.2). Bad events come in bursts, and plain Poisson would call most bursts unusual.
/// </summary>
public static class UnusualCounts
{
    /// <summary>With fewer the overdispersion is not known well enough to say anything. Product policy.</summary>
    public const int LeastStretches = 14;

    /// <param name="before">Stretches of the same length; those with no exposure say nothing.</param>
    /// <param name="now">The stretch in question.</param>
    /// <param name="prior">What is believed before anything is counted, so that a stretch without a bad event is not taken for a promise: half an event, or more.</param>
    /// <returns>Null where too little is known, or nothing happened in the stretch.</returns>
    public static CountJudged? Judge(IReadOnlyCollection<CountedStretch> before, CountedStretch now, CountedStretch prior)
    {
        var known = before.Where(s => s.Exposure > 0).ToList();
        if (known.Count < LeastStretches || now.Exposure <= 0)
            return null;
        var exposure = known.Sum(s => s.Exposure) + prior.Exposure;
        var rate = (known.Sum(s => s.Count) + prior.Count) / exposure;
        var freedom = known.Count - 1;
        // Pearson's statistic ÷ its degrees of freedom. Less than chance brings is not believed.
        var dispersion = Math.Max(1, known.Sum(s => Square(s.Count - rate * s.Exposure) / (rate * s.Exposure)) / freedom);
        // The mean is itself an estimate, which adds as much again as the stretch is of all that was seen.
        var spread = dispersion * (1 + now.Exposure / exposure);
        var expected = rate * now.Exposure;
        return new(now.Count, expected, dispersion, ForEstimated(Tail(now.Count / spread, expected / spread, dispersion), freedom));
    }

    /// <summary>
    /// Counts vary more than Poisson's because events come in bursts, or because the rate itself wanders. Of bursts the tail is Poisson's in units of a burst; of a wandering rate it is
    /// longer, and nears that of a gamma variable of the same mean and variance (a Poisson count whose mean is gamma is negative binomial). Which of the two it is cannot be told from
    /// these few stretches, so the longer one counts by as much of the variance as is not Poisson's.
    /// </summary>
    private static double Tail(double observed, double expected, double dispersion)
    {
        var bursts = PoissonTail.UpperTail(observed, expected);
        return bursts + (1 - 1 / dispersion) * Math.Max(0, PoissonTail.LowerTail(expected, observed) - bursts);
    }

    /// <summary>
    /// The same probability, since the dispersion is an estimate: Student's t in the place of the normal, by D. L. Wallace's transformation (Annals of Mathematical
    /// Statistics 30, 1959), whose error is below a hundredth here.
    /// </summary>
    private static double ForEstimated(double p, int freedom)
    {
        if (p >= 0.5)
            return p;
        var t = PoissonTail.NormalQuantile(Math.Max(p, 1e-300));
        return PoissonTail.Normal((8.0 * freedom + 1) / (8.0 * freedom + 3) * Math.Sqrt(freedom * Math.Log(1 + t * t / freedom)));
    }

    private static double Square(double x) => x * x;
}
