namespace SloPortal.Web.Demo.Story;

/// <param name="Cause">The release that brings the trouble.</param>
/// <param name="Fix">The release that ends it.</param>
internal sealed record DemoEpisode(DemoTrouble Trouble, DemoRelease Cause, DemoRelease Fix);

/// <summary>
/// What happens once history is told: each some hours a release goes wrong somewhere, an alert fires, and a fix ends it. Mild
/// enough that no budget runs dry because the demo was left running.
/// </summary>
internal static class DemoLife
{
    /// <param name="Begins">After the end of history; negative where one finds it on arrival.</param>
    /// <param name="Lasts">The first time.</param>
    /// <param name="LastsAgain">Every further time.</param>
    /// <param name="Major">Of the versions, with <paramref name="Minor"/> the first of them.</param>
    private sealed record Pattern(
        string Service, TimeSpan Begins, TimeSpan Lasts, TimeSpan LastsAgain, double Failed, double Slow, int Major, int Minor, string Cause, string Fix);

    /// <summary>Not a day, so that it is another hour each time.</summary>
    private static readonly TimeSpan Cycle = TimeSpan.FromHours(31);

    /// <summary>Ten weeks; a demo that is older is quiet.</summary>
    private const int Cycles = 54;

    private static readonly TimeSpan ReleaseTakes = TimeSpan.FromMinutes(6);

    // Burns: search 7 times of a week's budget at 98 %, accounts 17 times of 30 days at 99.8 %, checkout 16 times of 30 days at 99 %.
    private static readonly Pattern[] Patterns =
    [
        new("search", TimeSpan.FromMinutes(-95), TimeSpan.FromMinutes(95 + 170), TimeSpan.FromMinutes(85), 0, 0.14, 6, 24, "Synonyms in the query planner", "Synonyms are looked up once"),
        new("accounts", TimeSpan.FromHours(9), TimeSpan.FromMinutes(75), TimeSpan.FromMinutes(75), 0.034, 0, 9, 4, "Addresses are cached", "The cache forgets what was changed"),
        new("checkout", TimeSpan.FromHours(19), TimeSpan.FromMinutes(80), TimeSpan.FromMinutes(80), 0, 0.155, 10, 2, "Vouchers are checked earlier", "Vouchers are checked in one call"),
    ];

    /// <summary>Oldest first for each service.</summary>
    public static IReadOnlyList<DemoEpisode> After(DateTimeOffset end) => [.. Patterns.SelectMany(p => Enumerable.Range(0, Cycles).Select(n => Episode(p, n, end)))];

    private static DemoEpisode Episode(Pattern pattern, int number, DateTimeOffset end)
    {
        var from = end + pattern.Begins + Cycle * number;
        var lasts = number == 0 ? pattern.Lasts : pattern.LastsAgain;
        var version = $"{pattern.Major}.{pattern.Minor + number}";
        return new DemoEpisode(
            new DemoTrouble(pattern.Service, from, lasts, pattern.Failed, pattern.Slow),
            new DemoRelease(pattern.Service, from - ReleaseTakes, version + ".0", pattern.Cause),
            new DemoRelease(pattern.Service, from + lasts, version + ".1", pattern.Fix));
    }
}
