using SloPortal.Domain.Catalog;

namespace SloPortal.Web.Catalog;

internal static class TierText
{
    public static IReadOnlyList<ServiceTier> All { get; } = [ServiceTier.Critical, ServiceTier.Important, ServiceTier.Standard, ServiceTier.Low];

    public static string Word(ServiceTier tier) => tier switch
    {
        ServiceTier.Critical => "Critical",
        ServiceTier.Important => "Important",
        ServiceTier.Standard => "Standard",
        ServiceTier.Low => "Low",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, null),
    };

    /// <summary>What it means when a service of the tier fails.</summary>
    public static string Meaning(ServiceTier tier) => tier switch
    {
        ServiceTier.Critical => "the business stands still",
        ServiceTier.Important => "customers cannot do something they came for",
        ServiceTier.Standard => "people notice and wait",
        ServiceTier.Low => "few notice",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, null),
    };
}
