using SloPortal.Application.Measurement.Comparing;
using SloPortal.Application.Measurement.Deciding;
using SloPortal.Domain.Measurement.Deciding;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>Checkout is measured by a probe too: it did not see that cards were refused, and since this morning it fails by itself. What was played already changes nothing.</summary>
internal static class DemoComparing
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(20);

    public static IEnumerable<DemoStep> Of(DemoTroubles troubles, DateTimeOffset end, double pace) =>
    [
        new(end - KnownFor * pace, AddAsync),
        // The portal compares every hour; these are the hours in which that found something.
        new(troubles.VendorOutage.AddHours(2.5), (stage, ct) => stage.CompareAsync(ct)),
        new(troubles.VendorOutage.AddHours(7.5), (stage, ct) => stage.CompareAsync(ct)),
        new(end.AddHours(-2), ProposeAsync),
        new(end.AddMinutes(-2), (stage, ct) => stage.CompareAsync(ct)),
    ];

    private static async Task AddAsync(DemoStage stage, CancellationToken ct)
    {
        var (slis, owner) = (await stage.SlisAsync(ct), await stage.ActorAsync("tomas", ct));
        var (checkout, probe) = (slis[("checkout", "availability")], slis[("checkout", DemoServices.Probe)]);
        if (stage.Check("measurements", await stage.Get<ListMeasurements.Handler>().HandleAsync(new ListMeasurements(checkout), owner, ct)) is { Others.Count: 0 })
            stage.Check(DemoServices.Probe, await stage.Get<AddMeasurement.Handler>().HandleAsync(
                new AddMeasurement(checkout, probe, 2, AfterHours: 2, GapHours: 2, "The probe buys with a test card twice a minute, from outside."), owner, ct));
    }

    private static async Task ProposeAsync(DemoStage stage, CancellationToken ct)
    {
        var (slis, owner) = (await stage.SlisAsync(ct), await stage.ActorAsync("tomas", ct));
        var checkout = slis[("checkout", "availability")];
        if (stage.Check("counting", await stage.Get<ListCounting.Handler>().HandleAsync(new ListCounting(checkout), owner, ct)) is { Decisions.Count: 0 })
            stage.Check("counting", await stage.Get<ProposeCounting.Handler>().HandleAsync(
                new ProposeCounting(checkout, MergeRule.Primary, [], NoDataRule.Undetermined, null, null,
                    "The probe knows too little at two checks a minute to count, and when the application sends nothing we do not know whether people could buy."), owner, ct));
    }
}
