using System.Text.RegularExpressions;

namespace SloPortal.Web.Shared;

/// <summary>
/// The zone in which a reader sees times: the one of their profile, else their browser's, else UTC. It is settled once, by the
/// request, and cascades to every component as a <see cref="TimeZoneInfo"/>, prerendered and live.
/// </summary>
public static partial class ReaderZone
{
    /// <summary>The cookie in which <c>theme.js</c> keeps the IANA id of the browser's zone.</summary>
    public const string Cookie = "zone";

    /// <param name="chosen">The IANA id of the person's profile; null where they follow the browser.</param>
    /// <param name="browsers">What the browser says; anything may stand in a cookie.</param>
    public static TimeZoneInfo Of(string? chosen, string? browsers) => Find(chosen) ?? Find(browsers) ?? TimeZoneInfo.Utc;

    /// <summary>"UTC", "Europe/Berlin": where a column or a field says once what its times are in.</summary>
    public static string NameOf(TimeZoneInfo zone) => zone.HasSameRules(TimeZoneInfo.Utc) ? "UTC" : zone.Id.Replace('_', ' ');

    /// <summary>The instant at which a clock on the reader's wall shows <paramref name="wall"/>; in the hour that is skipped, as if it were not.</summary>
    public static DateTimeOffset Instant(DateTime wall, TimeZoneInfo zone) =>
        new DateTimeOffset(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), zone.GetUtcOffset(wall)).ToUniversalTime();

    /// <summary>What a clock on the reader's wall shows.</summary>
    public static DateTime Wall(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    // An id becomes a path into the zone database, so only its shape comes through.
    private static TimeZoneInfo? Find(string? id) =>
        id is { Length: > 0 and <= 64 } && Shape().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    [GeneratedRegex(@"\A[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}\z")]
    private static partial Regex Shape();
}
