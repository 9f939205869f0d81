namespace SloPortal.Domain.Measurement.Comparing;

/// <summary>In how many hours with data of both the two measurements called the hour bad.</summary>
public sealed record AgreementTable(int BothBad, int OnlyFirstBad, int OnlySecondBad, int BothGood)
{
    public int Hours => BothBad + OnlyFirstBad + OnlySecondBad + BothGood;

    /// <summary>Share of the hours about which both say the same, 0 to 1; null where there is none.</summary>
    public double? Agreeing => Hours == 0 ? null : (double)(BothBad + BothGood) / Hours;

    /// <param name="hours">Those in which one has no data are left out.</param>
    /// <param name="badBelow">The good share, 0 to 1, below which an hour is bad.</param>
    public static AgreementTable Of(IEnumerable<ComparedHour> hours, double badBelow)
    {
        var judged = hours.Where(h => h.BothHaveData).Select(h => (First: h.First.Ratio < badBelow, Second: h.Second.Ratio < badBelow)).ToList();
        return new(judged.Count(h => h is (true, true)), judged.Count(h => h is (true, false)), judged.Count(h => h is (false, true)), judged.Count(h => h is (false, false)));
    }
}
