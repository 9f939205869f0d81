using System.Globalization;
using SloPortal.Application.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Budgets;

/// <summary>The state of a story page as its address: a named range, or two instants after a zoom.</summary>
internal static class StoryAddress
{
    public static string Of(string page, string? range, DateTimeOffset? from, DateTimeOffset? to, bool asTable)
    {
        var parts = new List<string>();
        if (from is { } first && to is { } last)
            parts.AddRange([$"from={Text(first)}", $"to={Text(last)}"]);
        else if (range is not null)
            parts.Add($"range={Uri.EscapeDataString(range)}");
        if (asTable)
            parts.Add("as=table");
        return parts.Count == 0 ? page : $"{page}?{string.Join('&', parts)}";
    }

    /// <summary>One step out: the next longer named range where the stretch reaches now, otherwise three times the stretch.</summary>
    public static string Wider(string page, Interval shown, DateTimeOffset now)
    {
        if (shown.End >= now && StorySpan.Offered.FirstOrDefault(o => o.Length > shown.Length) is { Name: { } name })
            return Of(page, name, null, null, false);
        var end = shown.End + shown.Length < now ? shown.End + shown.Length : now;
        var length = shown.Length * 3 < TimeSpan.FromDays(365) ? shown.Length * 3 : TimeSpan.FromDays(365);
        return Of(page, null, end - length, end, false);
    }

    /// <summary>Null where the text is no instant; the page then shows its usual range.</summary>
    public static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
