namespace SloPortal.Domain.Incidents.Detection.Watching;

/// <summary>
/// How likely it is that chance alone brings so many events, or more. P(X ≥ k | λ) of a Poisson count is the regularized lower incomplete gamma function P(k, λ)
/// (Abramowitz and Stegun, 6.5.13 and 26.4.21), which also says what lies between whole k.
/// </summary>
public static class PoissonTail
{
    /// <summary>Past these the rest of a series is below the last digit.</summary>
    private const double Negligible = 1e-17;

    /// <summary>P(X ≥ k), 0 to 1; 1 where k is 0 or less.</summary>
    /// <param name="k">Events seen; need not be whole.</param>
    /// <param name="mean">Events expected, 0 or more.</param>
    public static double UpperTail(double k, double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        if (k <= 0)
            return 1;
        if (mean == 0)
            return 0;
        return mean < k + 1 ? Math.Min(1, Series(k, mean)) : Math.Max(0, 1 - Fraction(k, mean));
    }

    /// <summary>P(X &lt; k) = 1 − <see cref="UpperTail"/>, exact where it is small. Also P(Y > y) of a gamma variable of shape k and scale 1 at y = <paramref name="mean"/>.</summary>
    public static double LowerTail(double k, double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        if (k <= 0)
            return 0;
        return mean < k + 1 ? Math.Max(0, 1 - Series(k, mean)) : Math.Min(1, Fraction(k, mean));
    }

    /// <summary>P(Z ≥ z) of a standard normal, for z of 0 or more: half of Q(½, z² ÷ 2) (Abramowitz and Stegun, 26.2.30).</summary>
    public static double Normal(double z)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(z);
        var x = z * z / 2;
        return x < 1.5 ? (1 - Series(0.5, x)) / 2 : Fraction(0.5, x) / 2;
    }

    /// <summary>The z at which <see cref="Normal"/> is <paramref name="p"/>, for p above 0 and at most ½.</summary>
    public static double NormalQuantile(double p)
    {
        if (p is not (> 0 and <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(p), p, "The probability must be above 0 and at most one half.");
        // Below 1e-300 nothing is told apart any more.
        var (low, high) = (0.0, 38.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Normal(middle) > p ? (middle, high) : (low, middle);
        }
        return (low + high) / 2;
    }

    /// <summary>P(a, x) by its series (Abramowitz and Stegun, 6.5.29); for x below a + 1, where the terms fall from the first.</summary>
    private static double Series(double a, double x)
    {
        if (x == 0)
            return 0;
        var (sum, term) = (1.0, 1.0);
        for (var n = 1; term > sum * Negligible; n++)
            sum += term *= x / (a + n);
        return sum * Point(a, x);
    }

    /// <summary>Q(a, x) = 1 − P(a, x) by its continued fraction (Abramowitz and Stegun, 6.5.31; evaluated as Lentz did); for x of a + 1 or more.</summary>
    private static double Fraction(double a, double x)
    {
        const double least = 1e-300;
        var b = x + 1 - a;
        var c = 1 / least;
        var d = 1 / b;
        var h = d;
        for (var i = 1; ; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = an * d + b;
            d = 1 / (Math.Abs(d) < least ? least : d);
            c = b + an / c;
            c = Math.Abs(c) < least ? least : c;
            var step = d * c;
            h *= step;
            if (Math.Abs(step - 1) < 1e-15)
                return h * a * Point(a, x);
        }
    }

    /// <summary>
    /// x^a e^−x ÷ Γ(a + 1): for whole a the probability of exactly a events. Written as a deviance and the error of Stirling's formula, which do not cancel where
    /// a and x are large (C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000).
    /// </summary>
    private static double Point(double a, double x) => Math.Exp(-Stirling(a) - Deviance(a, x)) / Math.Sqrt(2 * Math.PI * a);

    /// <summary>a ln(a ÷ x) + x − a, exact where the two are near.</summary>
    private static double Deviance(double a, double x)
    {
        if (Math.Abs(a - x) >= 0.1 * (a + x))
            return a * Math.Log(a / x) + x - a;
        var v = (a - x) / (a + x);
        var sum = (a - x) * v;
        var power = 2 * a * v;
        for (var j = 1; ; j++)
        {
            power *= v * v;
            var next = sum + power / (2 * j + 1);
            if (next == sum)
                return next;
            sum = next;
        }
    }

    /// <summary>ln Γ(a + 1) − [(a + ½) ln a − a + ½ ln 2π]; small a are brought up by Γ(a + 1) = Γ(a + 1 + n) ÷ ((a + 1) … (a + n)).</summary>
    private static double Stirling(double a)
    {
        if (a >= 16)
        {
            var square = a * a;
            return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / square) / square) / square) / a;
        }
        var (up, product) = (a, 1.0);
        while (up < 16)
            product *= ++up;
        return Stirling(up) + (up + 0.5) * Math.Log(up) - up - Math.Log(product) - (a + 0.5) * Math.Log(a) + a;
    }
}
