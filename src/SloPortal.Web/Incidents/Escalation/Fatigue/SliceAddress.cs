using System.Globalization;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Domain.Incidents.Escalation.Fatigue;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Escalation.Fatigue;

/// <summary>The pages behind a figure, as the address of their list has them.</summary>
internal static class SliceAddress
{
    private const string Instants = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    /// <summary>Parameters for the address, each ready to stand in it; empty without a slice.</summary>
    public static IReadOnlyList<string> Parameters(FatigueSlice? slice)
    {
        if (slice is not { Pages: var pages })
            return [];
        return
        [
            .. new[]
            {
                slice.From is { } from ? $"from={Text(from)}" : null,
                slice.To is { } to ? $"to={Text(to)}" : null,
                pages.Person is { } person ? $"person={person}" : null,
                pages.At is { } at ? $"at={Word(at)}" : null,
                pages.Day is { } day ? $"day={Word(day)}" : null,
                pages.Hour is { } hour ? string.Create(CultureInfo.InvariantCulture, $"hour={hour}") : null,
                pages.Outcome is { } outcome ? $"outcome={Word(outcome)}" : null,
                pages.Bar is { } bar ? string.Create(CultureInfo.InvariantCulture, $"wait={bar}") : null,
                pages.Taken is { } taken ? $"taken={(taken ? "true" : "false")}" : null,
            }.OfType<string>(),
        ];
    }

    /// <summary>The list of the pages that a figure counts.</summary>
    public static string Of(string? team, FatigueSlice slice) =>
        $"{Routes.Pages}?{string.Join('&', Parameters(slice).Prepend(team is null ? null : $"team={Uri.EscapeDataString(team)}").OfType<string>())}";

    /// <summary>Null where the address names no slice; what it does not understand narrows nothing.</summary>
    public static FatigueSlice? Read(string? from, string? to, Guid? person, string? at, string? day, int? hour, string? outcome, int? wait, bool? taken)
    {
        var pages = new PageSlice(person, Enum<RestTime>(at), Enum<DayOfWeek>(day), hour, Enum<PageOutcome>(outcome), wait, taken);
        var (begin, end) = (Instant(from), Instant(to));
        return begin is null && end is null && pages == new PageSlice() ? null : new(begin, end, pages);
    }

    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString(Instants, CultureInfo.InvariantCulture);

    /// <summary>"2026-11-23T09:30Z"; without a zone UTC is meant. Null for what is no instant.</summary>
    public static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    private static T? Enum<T>(string? text) where T : struct, Enum => EnumWord<T>.TryParse(text, out var word) ? word.Value : null;

    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
