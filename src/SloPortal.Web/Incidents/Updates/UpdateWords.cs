using SloPortal.Application.Incidents.Updates;
using SloPortal.Domain.Incidents.Updates;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Updates;

/// <summary>Updates for stakeholders as the pages say them.</summary>
internal static class UpdateWords
{
    public static string Word(ServiceCondition condition) => condition.ToString();

    public static Tone ToneOf(ServiceCondition condition) => condition switch
    {
        ServiceCondition.Operational => Tone.Good,
        ServiceCondition.Degraded => Tone.Warn,
        ServiceCondition.Outage => Tone.Bad,
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, null),
    };

    public static Tone ToneOf(ToldState state) => state switch
    {
        ToldState.Investigating => Tone.Bad,
        ToldState.Identified => Tone.Warn,
        ToldState.Monitoring => Tone.Info,
        ToldState.Resolved => Tone.Good,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>When the next is due, and whether that hurts; null where there is nothing to say.</summary>
    public static (string Text, bool IsBad)? Due(UpdatesRead read, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (!read.IsOpen && read.Published is [{ Told: not ToldState.Resolved, StatusPages.Count: > 0 } last, ..])
            return ($"The incident is over, and the status page still says \"{last.Told.ToString().ToLowerInvariant()}\".", true);
        if (read.DueAt is not { } due)
            return null;
        var what = read.Basis == DueBasis.First ? "First update" : "Next update";
        var why = read.Basis == DueBasis.Promised ? "promised" : "due by its severity";
        return now > due
            ? ($"{what} overdue by {RelativeTime.Duration(now - due)}, {why} for {RelativeTime.Moment(due, zone)}.", true)
            : ($"{what} {RelativeTime.Describe(due, now, zone)}, {why}.", false);
    }

    /// <summary>"Update due in 12 min" in one line; null where none is due.</summary>
    public static (string Text, bool IsBad)? Due(UpdateDueRow row, DateTimeOffset now, TimeZoneInfo zone) => row.DueAt switch
    {
        null => null,
        { } due when now > due => ($"Update overdue by {RelativeTime.Duration(now - due)}", true),
        { } due => ($"Update due {RelativeTime.Describe(due, now, zone)}", false),
    };

    /// <summary>"to Shop status and Partners", "in the portal only".</summary>
    public static string Where(UpdateRow row) => row.StatusPages.Count == 0 ? "in the portal only" : "to " + UpdateTemplates.List([.. row.StatusPages.Select(p => p.Name)]);
}
