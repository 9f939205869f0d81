using System.Globalization;

namespace SloPortal.Domain.Incidents.Updates;

/// <summary>The words with which an update begins, by the state that it tells; its writer changes them.</summary>
public static class UpdateTemplates
{
    /// <summary>"Problems with Checkout and Search".</summary>
    /// <param name="services">Names as people outside know them, in their order.</param>
    public static string Title(IReadOnlyList<string> services)
    {
        var title = services.Count == 0 ? "Problems with our service" : $"Problems with {List(services)}";
        return title.Length <= UpdateText.LongestTitle ? title : $"Problems with {services.Count.ToString(CultureInfo.InvariantCulture)} services";
    }

    /// <param name="startedAt">When users first felt it.</param>
    /// <param name="endedAt">When they no longer did; null while they may.</param>
    public static string Body(ToldState state, IReadOnlyList<string> services, DateTimeOffset startedAt, DateTimeOffset? endedAt)
    {
        var what = services.Count == 0 ? "our service" : List(services);
        var since = Utc(startedAt);
        return state switch
        {
            ToldState.Investigating => $"Since {since} some of you may see errors or delays with {what}. We are looking into it.",
            ToldState.Identified => $"We know what causes the problems with {what} that began at {since}, and are working on it.",
            ToldState.Monitoring => $"We have put a fix in place for the problems with {what} that began at {since}. We are watching whether it holds.",
            ToldState.Resolved => endedAt is { } end
                ? $"The problems with {what} are over. They lasted from {since} to {Utc(end)}. We are sorry for the trouble."
                : $"The problems with {what} that began at {since} are over. We are sorry for the trouble.",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
    }

    /// <summary>"Checkout", "Checkout and Search", "Checkout, Search and Billing".</summary>
    public static string List(IReadOnlyList<string> names) => names.Count <= 1 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm 'UTC on' d MMMM", CultureInfo.InvariantCulture);
}
