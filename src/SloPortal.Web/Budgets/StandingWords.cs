using System.Globalization;
using SloPortal.Application.Budgets;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Budgets;

/// <summary>The second half of the standing line: what to know beside the budget.</summary>
internal static class StandingWords
{
    public static string Remark(Standing standing, TimeZoneInfo zone)
    {
        var firing = standing.Rules.Where(r => r.State == AlertState.Firing).ToList();
        var alerts = firing.Count switch
        {
            0 => "",
            1 => $"The {firing[0].Name} alert fires. ",
            _ => $"{firing.Count} burn alerts fire. ",
        };
        var runsOut = standing.ExhaustedAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"It would run out on {TimeZoneInfo.ConvertTime(at, zone):d MMM, HH:mm}.")
            : standing.State switch
            {
                BudgetStanding.NoData => "Figures appear with the first counted event.",
                BudgetStanding.Exhausted => "Every further failure breaks the promise further.",
                _ when standing.BurnLastHour is null => "Nothing was counted in the last hour.",
                _ when standing.BurnLastHour == 0 => "Nothing failed in the last hour.",
                _ => $"At the burn of the last hour the budget lasts longer than its window of {HumanDuration.Text(standing.EvaluatedAt - standing.WindowStart)}.",
            };
        return alerts + runsOut;
    }
}
