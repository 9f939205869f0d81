using SloPortal.Application.Governance;
using SloPortal.Domain.Governance;

namespace SloPortal.Web.Demo.Story;

/// <param name="DaysBefore">How many days before the end of the story it is entered.</param>
/// <param name="Owner">Key of the person who enters it.</param>
internal sealed record DemoContract(
    string Customer, string Reference, string Service, string Sli, string Owner, decimal Target, string Window, decimal Fee, int DaysBefore, IReadOnlyList<CreditTier> Tiers)
{
    public CreateContract Request(DateTimeOffset at) => new(
        Customer, Service, Sli, Target, Window, DateOnly.FromDateTime(at.UtcDateTime), null, "EUR", Fee, Tiers, Reference);
}

/// <summary>What business customers of the shop were promised.</summary>
internal static class DemoContracts
{
    public static readonly IReadOnlyList<DemoContract> All =
    [
        new("Norrgard Retail", "LO-2026-17", "checkout", "availability", "tomas", 99.9m, "calendar month Europe/Berlin", 12_500m, 78, [new(99.9m, 10m), new(99.5m, 25m), new(99m, 50m)]),
        new("Fjord & Sons", "LO-2026-21", "payments", "availability", "tomas", 99.9m, "calendar month Europe/Berlin", 4_800m, 64, [new(99.9m, 10m), new(99m, 30m)]),
        new("Brightwater Stores", "LO-2026-23", "search", "availability", "priya", 99.5m, "calendar quarter Europe/London", 2_200m, 60, [new(99.5m, 5m), new(99m, 15m)]),
    ];
}
