namespace SloPortal.Domain.Tests.Incidents.Detection.Watching;

/// <summary>Counts as chance brings them, from a seed.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    public double Poisson(double mean)
    {
        // Below this e^−mean is far from the smallest number; the sum of two Poisson counts is one.
        if (mean > 30)
            return Poisson(mean / 2) + Poisson(mean - mean / 2);
        var (k, product, limit) = (0, 1 - random.NextDouble(), Math.Exp(-mean));
        for (; product > limit; k++)
            product *= 1 - random.NextDouble();
        return k;
    }

    /// <summary>Bursts of one size, each by itself: variance ÷ mean is the size.</summary>
    public double Bursts(double mean, double size) => size * Poisson(mean / size);

    /// <summary>Events by themselves whose rate wanders as a gamma variable does, so that variance ÷ mean is as given: a negative binomial count.</summary>
    public double Wandering(double mean, double dispersion) => Poisson(Gamma(mean / (dispersion - 1)) * (dispersion - 1));

    // G. Marsaglia and W. W. Tsang, A Simple Method for Generating Gamma Variables, 2000; for shapes of 1 and more.
    private double Gamma(double shape)
    {
        var d = shape - 1.0 / 3;
        while (true)
        {
            var x = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + x / Math.Sqrt(9 * d), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }
}
