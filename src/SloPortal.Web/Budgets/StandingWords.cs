using System.Globalization;
using SloPortal.Application.Budgets;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Budgets;

/// <summary>The standing line: how the budget stands, and what to know beside it. Each thing is said once.</summary>
internal static class StandingWords
{
    /// <summary>"Budget gone in 14 h 26 min at this burn, on 27 Nov, 05:26", without the full stop.</summary>
    public static string Headline(Standing standing, TimeZoneInfo zone) =>
        standing.Sentence.TrimEnd('.') + (standing.ExhaustedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $", on {TimeZoneInfo.ConvertTime(at, zone):d MMM, HH:mm}") : "");

    public static string Remark(Standing standing)
    {
        var firing = standing.Rules.Where(r => r.State == AlertState.Firing).ToList();
        var alerts = firing.Count switch
        {
            0 => "",
            1 => $"The {firing[0].Name} alert fires. ",
            _ => $"{firing.Count} burn alerts fire. ",
        };
        return alerts + standing.State switch
        {
            _ when standing.ExhaustedAt is not null => "",
            BudgetStanding.NoData => "Figures appear with the first counted event.",
            BudgetStanding.Exhausted => "Every further failure breaks the promise further.",
            _ when standing.BurnLastHour is null => "Nothing was counted in the last hour.",
            _ when standing.BurnLastHour == 0 => "Nothing failed in the last hour.",
            _ => $"At the burn of the last hour the budget lasts longer than its window of {HumanDuration.Text(standing.EvaluatedAt - standing.WindowStart)}.",
        };
    }
}
