using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo.Traffic;

/// <summary>What one minute brought a service: of <paramref name="Total"/> requests, how many failed and how many were slow.</summary>
internal readonly record struct DemoMinute(long Total, long Failed, long Slow);

/// <summary>The traffic of the shop, minute by minute. Pure: it depends on the minute and on what goes wrong.</summary>
internal static class DemoTraffic
{
    /// <summary>Where the shop's customers live, for the hours of the day.</summary>
    private static readonly TimeSpan LocalOffset = TimeSpan.FromHours(1);

    private const double EveningPeakHour = 20;

    private const int ProbesPerMinute = 2;

    public static DemoMinute Of(DemoService service, DateTimeOffset minute, DemoTroubles troubles)
    {
        var key = minute.ToUnixTimeSeconds() / 60;
        var salt = Salt(service.Slug);
        var total = DemoNoise.Count(RateAt(service, minute) * (1 + 0.03 * DemoNoise.Normal(key / 10, salt, 1)), key, salt, 2);
        var (failedShare, slowShare) = (service.FailedShare, service.SlowShare);
        foreach (var trouble in troubles.Of(service.Slug))
        {
            var strength = trouble.StrengthAt(minute);
            failedShare += trouble.Failed * strength;
            slowShare += trouble.Slow * strength;
        }
        var failed = Math.Min(total, DemoNoise.Count(total * failedShare, key, salt, 3));
        var slow = Math.Min(total, DemoNoise.Count(total * slowShare, key, salt, 4));
        return new DemoMinute(total, failed, slow);
    }

    /// <summary>Expected requests a minute: quiet nights, a rise through the day, the peak in the evening; weekends differ.</summary>
    public static double RateAt(DemoService service, DateTimeOffset minute)
    {
        var local = minute.UtcDateTime + LocalOffset;
        var day = (1 + Math.Cos((local.TimeOfDay.TotalHours - EveningPeakHour) / 24 * 2 * Math.PI)) / 2;
        var share = service.NightShare + (1 - service.NightShare) * Math.Pow(day, 1.4);
        var weekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? service.WeekendFactor : 1;
        return service.PeakPerMinute * share * weekend;
    }

    /// <summary>Age in seconds of the recommendations' model: renewed every twenty minutes, unless training stands still.</summary>
    public static double ModelAge(DateTimeOffset minute, DemoTroubles troubles)
    {
        var stale = troubles.Of("recommendations").FirstOrDefault(t => t.StaleModel && t.StrengthAt(minute) > 0);
        var sinceRenewal = TimeSpan.FromMinutes(minute.ToUnixTimeSeconds() / 60 % 20);
        return 240 + (stale is null ? sinceRenewal : minute - stale.From + sinceRenewal).TotalSeconds;
    }

    /// <summary>Confirmation mails of one minute: how many left in time, of how many.</summary>
    public static (long Good, long Total) Mails(DateTimeOffset minute, DemoTroubles troubles)
    {
        var mails = Of(DemoServices.Named("orders"), minute, troubles).Total / 12;
        return (mails - Math.Min(mails, DemoNoise.Count(mails * 0.0035, minute.ToUnixTimeSeconds() / 60, 77, 5)), mails);
    }

    /// <summary>Test purchases of one minute: how many went through, of how many. Their card is never refused, and lately one in twelve fails in the probe itself.</summary>
    public static (long Good, long Total) Probes(DateTimeOffset minute, DemoTroubles troubles)
    {
        var key = minute.ToUnixTimeSeconds() / 60;
        var failing = troubles.ProbeFails is var at && minute >= at && minute < at + DemoTroubles.ProbeFailsFor && key % 6 == 0;
        return (ProbesPerMinute - (failing ? 1 : 0), ProbesPerMinute);
    }

    /// <summary>Strings hash differently in every process, so not by those.</summary>
    private static long Salt(string slug) => slug.Aggregate(17L, (sum, c) => sum * 31 + c);
}
