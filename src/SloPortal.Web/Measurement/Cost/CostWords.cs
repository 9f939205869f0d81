using System.Globalization;

namespace SloPortal.Web.Measurement.Cost;

/// <summary>Numbers of series and samples.</summary>
internal static class CostWords
{
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(double perSecond) => perSecond.ToString(perSecond == 0 ? "0" : perSecond < 10 ? "0.00" : "N0", CultureInfo.InvariantCulture);

    public static string Names(int count) => count == 1 ? "1 name" : $"{Number(count)} names";
}
