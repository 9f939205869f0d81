using SloPortal.Web.Demo.Traffic;

namespace SloPortal.Web.Demo.Story;

/// <param name="Service">Slug.</param>
internal sealed record DemoRelease(string Service, DateTimeOffset At, string Version, string Description);

/// <summary>What was deployed: a release every few days, and those that the troubles are about.</summary>
internal static class DemoReleases
{
    private static readonly string[] Everyday =
    [
        "Dependencies of the month", "Smaller images", "Clearer error messages", "Feature flag removed", "New translations", "Faster start",
        "Retries with jitter", "Log lines carry the order id", "Accessibility of forms", "Database index for the slow list",
    ];

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<DemoRelease> Of(DemoTroubles troubles, DateTimeOffset end)
    {
        IReadOnlyList<DemoRelease> told =
        [
            new("accounts", troubles.BadSignInRelease.AddMinutes(-3), "8.31.0", "Sign-in with passkeys"),
            new("accounts", troubles.BadSignInRelease.AddMinutes(36), "8.30.4", "Rolled back: sessions of the old app were refused"),
            new("orders", troubles.LeakBegins.AddMinutes(-40), "7.18.0", "Order history by page"),
            new("orders", troubles.LeakFixed, "7.18.3", "Connections are closed after a cancelled request"),
            new("checkout", troubles.SlowCheckoutRelease.AddMinutes(-4), "9.12.0", "Addresses are checked with the carrier"),
            new("checkout", troubles.SlowCheckoutRelease + DemoTroubles.SlowCheckoutLasts, "9.12.1", "Known addresses are not checked again"),
            .. troubles.Live.SelectMany(e => new[] { e.Cause, e.Fix }),
        ];
        return [.. told.Concat(DemoServices.All.SelectMany((service, place) => Ordinary(service.Slug, place, told, end))).OrderBy(r => r.At)];
    }

    private static IEnumerable<DemoRelease> Ordinary(string service, int place, IReadOnlyList<DemoRelease> told, DateTimeOffset end)
    {
        var number = 0;
        for (var day = 88 - place % 3; day > 1; day -= 3 + (int)(DemoNoise.Unit(place, day, 7) * 5))
        {
            // In office hours; the minutes differ so that marks do not stand on top of each other.
            var at = DemoCalendar.At(end, day, 8 + DemoNoise.Unit(place, day, 8) * 7);
            number++;
            if (told.All(r => r.Service != service || (r.At - at).Duration() > TimeSpan.FromDays(2)))
                yield return new DemoRelease(service, at, $"{3 + place}.{number}.0", Everyday[(int)(DemoNoise.Unit(place, day, 9) * Everyday.Length)]);
        }
    }
}
