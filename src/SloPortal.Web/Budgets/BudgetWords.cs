using System.Globalization;
using SloPortal.Application.Budgets;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Budgets;

/// <summary>Budgets, burns and alert states as the pages say them.</summary>
internal static class BudgetWords
{
    public static Tone ToneOf(BudgetStanding standing) => standing switch
    {
        BudgetStanding.Exhausted => Tone.Bad,
        BudgetStanding.AtRisk => Tone.Warn,
        BudgetStanding.Healthy => Tone.Good,
        BudgetStanding.NoData => Tone.NoData,
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
    };

    public static Tone ToneOf(ObjectiveStanding standing) => standing switch
    {
        ObjectiveStanding.Exhausted => Tone.Bad,
        ObjectiveStanding.AtRisk => Tone.Warn,
        ObjectiveStanding.Healthy => Tone.Good,
        ObjectiveStanding.NoData => Tone.NoData,
        ObjectiveStanding.NotAgreed => Tone.Neutral,
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
    };

    public static string WordOf(ObjectiveStanding standing) => standing switch
    {
        ObjectiveStanding.Exhausted => "Exhausted",
        ObjectiveStanding.AtRisk => "At risk",
        ObjectiveStanding.Healthy => "Healthy",
        ObjectiveStanding.NoData => "No data",
        ObjectiveStanding.NotAgreed => "Not agreed",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
    };

    /// <summary>"without outages of Acme, Globex": what the figures leave out; null where every minute counts.</summary>
    public static string? Without(Standing standing) => standing.WithoutVendors switch
    {
        null => null,
        { Count: 0 } => "without outages of vendors, and none is needed",
        var vendors => $"without outages of {string.Join(", ", vendors)}",
    };

    public static (Tone Tone, string Text) PillOf(RuleStanding rule, DateTimeOffset now) => rule.State switch
    {
        null => (Tone.Neutral, "Not evaluated yet"),
        AlertState.Ok => (Tone.Good, "Ok"),
        AlertState.NoData => (Tone.NoData, "No data"),
        AlertState.Resolved => (Tone.Info, $"Resolved {Ago(rule, now)} ago"),
        AlertState.Firing => (rule.Severity == AlertSeverity.Page ? Tone.Bad : Tone.Warn, $"Firing {Ago(rule, now)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.State, null),
    };

    /// <summary>"2.8×", with more digits where the burn is small; "no data" without events.</summary>
    public static string Burn(double? burn) => BurnText.Of(burn);

    /// <summary>Whole events or slices, rounded down: part of an allowed failure allows none. "−12" when overspent.</summary>
    public static string Events(double? events) => events switch
    {
        null => "no data",
        < 0 => "−" + Math.Ceiling(-events.Value).ToString("N0", CultureInfo.InvariantCulture),
        _ => Math.Floor(events.Value).ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>"Slices" for "slices".</summary>
    public static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    public static string Minutes(double? minutes) => minutes is { } m ? HumanDuration.Text(TimeSpan.FromMinutes(m)) : "no data";

    public static string Target(decimal percent) => string.Create(CultureInfo.InvariantCulture, $"{percent} %");

    /// <summary>"30 d rolling", "calendar month".</summary>
    public static string ShortWindow(string window)
    {
        var parts = window.Split(' ');
        return parts[0] == "rolling" ? $"{parts[1].TrimEnd('d')} d rolling" : $"calendar {parts[1]}";
    }

    private static string Ago(RuleStanding rule, DateTimeOffset now) =>
        rule.Since is { } since && since < now ? HumanDuration.Text(now - since) : "just now";
}
