using System.Globalization;
using SloPortal.Application.Objectives.AsCode.Reading;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>Reads the time window of an SLO as the portal writes windows.</summary>
internal static class WindowReader
{
    private const string Usual = "rolling 30d";

    public static string? Read(FieldReader spec, string file, Findings findings)
    {
        if (!spec.Has("timeWindow"))
        {
            findings.Warn(file, spec.Line, "The SLO lacks \"timeWindow\", which the text of OpenSLO allows and its tools refuse; the last 30 days are taken.");
            return Usual;
        }
        var nodes = spec.List("timeWindow");
        if (nodes.Count != 1)
        {
            findings.Refuse(file, spec.LineOf("timeWindow"), "\"timeWindow\" is a list of exactly one window.");
            return null;
        }
        var window = FieldReader.Of(nodes[0], "The time window", file, findings);
        var duration = window.Required("duration");
        var rolling = window.Flag("isRolling");
        var calendar = window.Map("calendar", "The calendar");
        window.NoOthers();
        if (duration is null)
            return null;
        var line = window.LineOf("duration");
        if (!SloDuration.TryParse(duration, out var length))
        {
            findings.Refuse(file, line, SloDuration.Rule("duration"));
            return null;
        }
        if (length.Unit == 'm' && length.Days is null)
            findings.Warn(file, line, $"\"{length}\" means {length.Count} {(length.Count == 1 ? "minute" : "minutes")}. A month is M.");
        if (rolling == true && calendar is not null)
            findings.Refuse(file, calendar.Line, "A window is rolling or has a calendar, not both.");
        return calendar is not null && rolling != true ? Calendar(calendar, length, line, file, findings)
            : rolling == true ? Rolling(length, line, file, findings)
            : Undecided(window, file, findings);
    }

    private static string? Undecided(FieldReader window, string file, Findings findings)
    {
        findings.Refuse(file, window.Line, "The window is neither rolling (isRolling: true) nor has it a calendar.");
        return null;
    }

    private static string? Rolling(SloDuration length, int line, string file, Findings findings)
    {
        if (length.Days is { } days && RollingWindow.RefusalFor(days) is null)
            return new RollingWindow(days).ToString();
        findings.Refuse(file, line, $"A rolling window of {length} cannot be agreed. {RollingWindow.RefusalFor(0)}");
        return null;
    }

    private static string? Calendar(FieldReader calendar, SloDuration length, int line, string file, Findings findings)
    {
        var zone = calendar.Required("timeZone");
        var start = calendar.Required("startTime");
        calendar.NoOthers();
        var period = (length.Days, length.ToString()) switch
        {
            (7, _) => "week",
            (_, "1M") => "month",
            (_, "1Q" or "3M") => "quarter",
            _ => null,
        };
        if (period is null)
            findings.Refuse(file, line, $"A calendar window of {length} cannot be agreed. The portal has weeks (1w), months (1M) and quarters (1Q).");
        if (zone is not null && CalendarWindow.RefusalFor(zone) is { } refusal)
        {
            findings.Refuse(file, calendar.LineOf("timeZone"), refusal);
            return null;
        }
        if (start is null || zone is null)
            return null;
        if (!DateTime.TryParseExact(start, ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssZ"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            findings.Refuse(file, calendar.LineOf("startTime"), "\"startTime\" is written 2026-01-01 00:00:00, without a zone.");
            return null;
        }
        if (period is not null && !Begins(moment, period))
            findings.Warn(file, calendar.LineOf("startTime"), $"The portal's {period} begins at local midnight{(period == "week" ? " of a Monday" : " of its first day")}, not at {moment:yyyy-MM-dd HH:mm}.");
        return period is null ? null : $"calendar {period} {zone}";
    }

    private static bool Begins(DateTime moment, string period) => moment.TimeOfDay == TimeSpan.Zero && period switch
    {
        "week" => moment.DayOfWeek == DayOfWeek.Monday,
        "month" => moment.Day == 1,
        _ => moment is { Day: 1, Month: 1 or 4 or 7 or 10 },
    };
}
