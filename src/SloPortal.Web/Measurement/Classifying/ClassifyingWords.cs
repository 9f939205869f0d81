using System.Globalization;

namespace SloPortal.Web.Measurement.Classifying;

/// <summary>Numbers of events.</summary>
internal static class ClassifyingWords
{
    public static string Events(double events) => events.ToString(events is > 0 and < 10 ? "0.#" : "N0", CultureInfo.InvariantCulture);
}
