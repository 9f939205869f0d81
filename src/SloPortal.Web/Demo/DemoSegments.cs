using SloPortal.Application.Measurement.Segments;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>Checkout is counted apart by region, for longer than its budget reaches back.</summary>
internal static class DemoSegments
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(31);

    public static DemoStep Of(DateTimeOffset end, double pace) => new(end - KnownFor * pace, async (stage, ct) =>
    {
        var (checkout, owner) = ((await stage.SlisAsync(ct))[("checkout", "availability")], await stage.ActorAsync("tomas", ct));
        if (stage.Check("split", await stage.Get<GetSplit.Handler>().HandleAsync(new GetSplit(checkout), owner, ct)) is { Present: null })
            stage.Check("split", await stage.Get<SplitSli.Handler>().HandleAsync(new SplitSli(checkout, ["region"], 12), owner, ct));
    });
}
