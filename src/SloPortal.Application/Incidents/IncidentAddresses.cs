using System.Globalization;

namespace SloPortal.Application.Incidents;

/// <summary>Pages to which notices lead.</summary>
internal static class IncidentAddresses
{
    public const string List = "/incidents";

    public static string Of(int number) => List + "/" + number.ToString(CultureInfo.InvariantCulture);
}
