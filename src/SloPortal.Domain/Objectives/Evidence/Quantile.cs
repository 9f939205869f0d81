namespace SloPortal.Domain.Objectives.Evidence;

/// <summary>Order statistics of sorted values.</summary>
internal static class Quantile
{
    /// <summary>Between the two nearest values, as Hyndman and Fan's seventh definition (the usual one) has it.</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="share">0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>How many values are at most <paramref name="bound"/>.</summary>
    /// <param name="sorted">Ascending.</param>
    /// <param name="bound">Inclusive.</param>
    public static int CountUpTo(ReadOnlySpan<double> sorted, double bound)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= bound)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
