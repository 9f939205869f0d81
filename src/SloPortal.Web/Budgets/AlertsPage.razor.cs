using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets.Alerts;
using SloPortal.Application.Catalog;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Budgets;

/// <summary>Burn alerts, firing ones first, then the history. Filters and page stand in the address.</summary>
public sealed partial class AlertsPage
{
    private static readonly AlertSeverity[] Severities = [AlertSeverity.Page, AlertSeverity.Ticket];

    private Refusal? refusal;

    [Inject] private ListAlerts.Handler List { get; set; } = default!;
    [Inject] private ListServices.Handler ListServices { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Filter { get; set; }
    [SupplyParameterFromQuery] private string? Severity { get; set; }
    [SupplyParameterFromQuery] private string? Service { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    /// <param name="Firing">How many fire in the whole portal.</param>
    public sealed record Listing(string Address, Page<AlertRow> Alerts, int Firing, IReadOnlyList<ServiceChoice> Services);

    public sealed record ServiceChoice(string Slug, string Name);

    protected override IReadOnlyList<string> Topics { get; } = ["alerts"];

    protected override TimeSpan AtMostEvery { get; } = TimeSpan.FromSeconds(3);

    private AlertSeverity? Chosen => Enum.TryParse<AlertSeverity>(Severity, ignoreCase: true, out var severity) ? severity : null;

    private bool? Firing => State?.ToUpperInvariant() switch { "FIRING" => true, "ENDED" => false, _ => null };

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Filter) || Chosen is not null || !string.IsNullOrWhiteSpace(Service) || Firing is not null;

    private string Here => Address(Firing, Math.Max(1, Page));

    private string Sentence => Shown switch
    {
        null => "Reading the alerts.",
        { Firing: 0 } => "No alert fires.",
        { Firing: 1 } => "One alert fires.",
        _ => $"{Shown.Firing.ToString("N0", CultureInfo.InvariantCulture)} alerts fire.",
    };

    private IReadOnlyList<Segment> Views =>
    [
        new("All", Address(null, 1), Firing is null),
        new("Firing", Address(true, 1), Firing == true),
        new("Ended", Address(false, 1), Firing == false),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(new ListAlerts(Filter, Firing, Chosen, Math.Max(1, Page), Service: Service), actor, Left);
        refusal = outcome.Refusal;
        if (!outcome.Succeeded)
            return;
        var firing = await List.HandleAsync(new ListAlerts(Firing: true, Size: 1), actor, Left);
        var services = await ListServices.HandleAsync(new ListServices(), actor, Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (address != Here)
            return;
        Shown = new Listing(address, outcome.Value, firing.Value?.Total ?? 0, [.. (services.Value ?? []).Select(s => new ServiceChoice(s.Slug, s.Name))]);
    }

    private string PageAddress(int page) => Address(Firing, page);

    private string Address(bool? firing, int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(Filter) ? null : $"filter={Uri.EscapeDataString(Filter.Trim())}",
            Chosen is null ? null : $"severity={Chosen}",
            string.IsNullOrWhiteSpace(Service) ? null : $"service={Uri.EscapeDataString(Service)}",
            firing is { } fires ? fires ? "state=firing" : "state=ended" : null,
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.Alerts : $"{Routes.Alerts}?{query}";
    }
}
