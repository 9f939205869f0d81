using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Remediation;
using SloPortal.Domain.Access;

namespace SloPortal.Web.Shared;

/// <summary>One page of the navigation, in the order of the work.</summary>
/// <param name="Group">Heading under which it stands; empty for the main pages.</param>
/// <param name="Icon">A name of <see cref="IconShapes"/>.</param>
/// <param name="Key">The letter after <c>g</c> that leads there; null where there is none.</param>
/// <param name="Needs">What the actor must be allowed.</param>
/// <param name="Count">The figure beside it; nothing is shown for 0.</param>
/// <param name="Counted">What the figure counts, for who hears it.</param>
internal sealed record NavEntry(string Group, string Label, string Address, string Icon, char? Key = null, Permission Needs = Permission.Read, Func<NeedCounts, int>? Count = null, string? Counted = null)
{
    private static readonly FrozenSet<string> pages = Assembly.GetExecutingAssembly().GetTypes()
        .SelectMany(t => t.GetCustomAttributes<RouteAttribute>(inherit: false)).Select(r => r.Template).ToFrozenSet();

    private static readonly NavEntry[] known =
    [
        new("", "Home", Routes.Home, "home", 'h'),
        new("", "Services", Routes.Services, "services", 's'),
        new("", "Objectives", Routes.Objectives, "objectives", 'o'),
        new("", "Portfolio", Routes.Portfolio, "table"),
        new("", "Coverage", Routes.Coverage, "check"),
        new("", "Vendors", Routes.Vendors, "external", 'v'),
        new("", "Risks", Routes.Risks, "warn"),
        new("", "Alerts", Routes.Alerts, "bell", 'a', Count: counts => counts.FiringAlerts, Counted: "firing"),
        new("", "On call", Routes.OnCall, "clock", 'w'),
        new("", "Signals", Routes.Signals, "webhook"),
        new("", "Pages", Routes.Pages, "phone"),
        new("", "Incidents", Routes.Incidents, "incident", 'i', Count: counts => counts.OpenIncidents, Counted: "open"),
        new("", "Report a problem", Routes.Report, "warn", Needs: Permission.Respond),
        new("", "Reviews", Routes.Reviews, "reviews", 'r'),
        new("", "Actions", Routes.Actions, "actions", 'c', Count: counts => counts.OverdueActions, Counted: "overdue, yours"),
        new("", "Contracts", Routes.Contracts, "governance", 'n'),
        new("", "Sources", Routes.Sources, "source", 'd'),
        new("Settings", "People", Routes.People, "user", 'p', Permission.Administer),
        new("Settings", "Teams", Routes.Teams, "team", 't'),
        new("Settings", "Alert policies", Routes.AlertPolicies, "bell", 'l'),
        new("Settings", "Escalation", Routes.Escalation, "actions"),
        new("Settings", "How you are called", Routes.Ways, "phone", Needs: Permission.ManageOwnAccount),
        new("Settings", "Severities", Routes.Severities, "incident"),
        new("Settings", "Decision policy", Routes.DecisionPolicy, "incident"),
        new("Settings", "War room", Routes.WarRoomPlan, "phone"),
        new("Settings", "Status pages", Routes.StatusPages, "eye"),
        new("Settings", "Scorecard", Routes.Scorecard, "governance"),
        new("Settings", "Retention", Routes.Retention, "clock", Needs: Permission.ReadAudit),
        new("Settings", "Probing", Routes.Probing, "source"),
        new("Settings", "API tokens", Routes.ApiTokens, "key", 'k', Permission.ManageOwnAccount),
        new("Settings", "Audit", Routes.Audit, "reviews", 'u', Permission.ReadAudit),
    ];

    /// <summary>Icon and label as they stand in the navigation, which every page writes.</summary>
    public MarkupString Face { get; } = new($"{Shared.Icon.Of(Icon)}<span class=\"nav-text\">{Label}</span>");

    /// <summary>The entries whose page exists. An area that is not part of this build has no entry.</summary>
    public static IReadOnlyList<NavEntry> All { get; } = [.. known.Where(e => pages.Contains(e.Address))];

    public static IEnumerable<NavEntry> For(Actor actor) => All.Where(e => actor.May(e.Needs));

    /// <summary>Whether the page at the path is this entry's or lies under it.</summary>
    public bool Holds(string path) =>
        Address == "/" ? path == "/" : path == Address || path.StartsWith(Address + "/", StringComparison.Ordinal);
}
