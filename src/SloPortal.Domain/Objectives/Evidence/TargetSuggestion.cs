namespace SloPortal.Domain.Objectives.Evidence;

/// <summary>Turns an attained share into a target that a person would write down.</summary>
public static class TargetSuggestion
{
    /// <summary>
    /// The highest target, in percent, at or below <paramref name="ratio"/> whose failure share has two significant
    /// digits: 0.999266 gives 99.926. Null when nothing failed (any target would do) or when it would lie outside the
    /// range of <see cref="ObjectiveTarget"/>.
    /// </summary>
    public static decimal? AtMost(double ratio)
    {
        // Twelve decimals: far finer than any target, coarse enough to drop the noise of the division.
        var failed = 100m - decimal.Round((decimal)ratio * 100m, 12);
        if (failed <= 0)
        {
            return null;
        }

        var unit = 10m;
        while (unit > failed / 10m && unit > 0.000001m)
        {
            unit /= 10m;
        }

        var percent = 100m - (decimal.Ceiling(failed / unit) * unit);
        return ObjectiveTarget.RefusalFor(percent) is null ? new ObjectiveTarget(percent).Percent : null;
    }
}
