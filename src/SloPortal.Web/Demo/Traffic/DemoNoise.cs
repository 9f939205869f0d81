namespace SloPortal.Web.Demo.Traffic;

/// <summary>Chance without state: the same question always gets the same answer, so a load that was broken off goes on as it would have.</summary>
internal static class DemoNoise
{
    /// <summary>A number in [0, 1) for three coordinates; SplitMix64 (Steele, Lea and Flood, 2014) as a hash.</summary>
    public static double Unit(long a, long b, long c)
    {
        var x = Mix(Mix(Mix(0x9E3779B97F4A7C15UL ^ (ulong)a) + (ulong)b) + (ulong)c);
        return (x >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>About normal, mean 0, standard deviation 1: the sum of four uniform numbers, scaled.</summary>
    public static double Normal(long a, long b, long c) =>
        (Unit(a, b, c) + Unit(a, b, c + 1000) + Unit(a, b, c + 2000) + Unit(a, b, c + 3000) - 2) * Math.Sqrt(3);

    /// <summary>A whole number whose expectation is <paramref name="mean"/> and which spreads like counted events do.</summary>
    public static long Count(double mean, long a, long b, long c)
    {
        if (mean <= 0)
            return 0;
        var spread = mean < 4 ? 0 : Normal(a, b, c + 5000) * Math.Sqrt(mean);
        return Math.Max(0, (long)Math.Floor(mean + spread + Unit(a, b, c + 6000)));
    }

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
