using System.Globalization;

namespace SloPortal.Web.Shared;

/// <summary>Burn rates as the pages say them.</summary>
internal static class BurnText
{
    /// <summary>"2.8×", with more digits where the burn is small; "no data" without events.</summary>
    public static string Of(double? burn) => burn switch
    {
        null => "no data",
        0 => "0×",
        < 0.01 => "under 0.01×",
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{burn:0.##}×"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{burn:0.#}×"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{burn:N0}×"),
    };
}
