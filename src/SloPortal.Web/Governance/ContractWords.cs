using System.Globalization;
using SloPortal.Application.Governance;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Governance;

/// <summary>Contracts as the pages say them.</summary>
internal static class ContractWords
{
    /// <summary>"EUR 1,250.00".</summary>
    public static string Amount(string currency, decimal amount) => string.Create(CultureInfo.InvariantCulture, $"{currency} {amount:N2}");

    public static string Percent(decimal percent) => percent.ToString("0.######", CultureInfo.InvariantCulture) + " %";

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Term(DateOnly from, DateOnly? until) => until is { } last ? $"{Day(from)} to {Day(last)}" : $"from {Day(from)} on";

    public static (Tone Tone, string Text) StateOf(ContractFigures? figures) => figures switch
    {
        null => (Tone.Neutral, "Not in term"),
        { Met: null } => (Tone.NoData, "No data"),
        { Credit: > 0 } => (Tone.Bad, "Credit due"),
        { Met: false } => (Tone.Warn, "Below target"),
        _ => (Tone.Good, "Kept"),
    };

    /// <summary>"November 2026", "week of 3 Nov 2026", "Q4 2026": the period in the zone of the contract.</summary>
    public static string Period(ContractFigures figures, string window, string timeZone)
    {
        var first = TimeZoneInfo.ConvertTime(figures.From, TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        return window.Split(' ')[1] switch
        {
            "month" => first.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
            "quarter" => string.Create(CultureInfo.InvariantCulture, $"Q{(first.Month + 2) / 3} {first.Year}"),
            _ => "week of " + first.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        };
    }
}
