using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Incidents.Response;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents;

/// <summary>Open incidents and what may become one. Filters and page stand in the address.</summary>
public sealed partial class IncidentsPage
{
    private Refusal? refusal;
    private bool declined;

    [Inject] private ListIncidents.Handler List { get; set; } = default!;
    [Inject] private ListIncidentProposals.Handler Proposals { get; set; } = default!;
    [Inject] private ListSeverityLevels.Handler Levels { get; set; } = default!;
    [Inject] private ListServices.Handler ListServices { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [SupplyParameterFromQuery] private string? Text { get; set; }
    [SupplyParameterFromQuery] private string? Severity { get; set; }
    [SupplyParameterFromQuery] private string? Service { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? To { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    /// <param name="Open">How many are open, whatever the filter.</param>
    public sealed record Listing(
        string Address, Page<IncidentRow> Incidents, int Open, bool MayDeclare, IReadOnlyList<ProposalRow> Proposals, bool MayDecide,
        IReadOnlyList<SeverityRow> Severities, IReadOnlyList<ServiceChoice> Services);

    public sealed record ServiceChoice(string Slug, string Name);

    protected override IReadOnlyList<string> Topics { get; } = ["incidents"];

    private IncidentSeverity? Chosen => Enum.TryParse<IncidentSeverity>(Severity, ignoreCase: true, out var severity) && Enum.IsDefined(severity) ? severity : null;

    private bool All => string.Equals(State, "all", StringComparison.OrdinalIgnoreCase);

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Text) || Chosen is not null || !string.IsNullOrWhiteSpace(Service) || DayOf(From) is not null || DayOf(To) is not null;

    private string Here => Address(All, Math.Max(1, Page));

    private string Sentence => Shown switch
    {
        null => "Reading the incidents.",
        { Proposals.Count: 0 } => $"{OpenWords(Shown.Open)}.",
        { Proposals.Count: 1 } => $"{OpenWords(Shown.Open)}; one burn alert waits for a decision.",
        _ => $"{OpenWords(Shown.Open)}; {Shown.Proposals.Count.ToString("N0", CultureInfo.InvariantCulture)} burn alerts wait for a decision.",
    };

    private static string OpenWords(int open) => open switch
    {
        0 => "No incident is open",
        1 => "One incident is open",
        _ => $"{open.ToString("N0", CultureInfo.InvariantCulture)} incidents are open",
    };

    private IReadOnlyList<Segment> Views => [new("Open", Address(false, 1), !All), new("All", Address(true, 1), All)];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(
            new ListIncidents(All ? null : true, Chosen, Service, Text, DayOf(From), DayOf(To)?.AddDays(1), Math.Max(1, Page)), actor, Left);
        refusal = outcome.Refusal;
        if (!outcome.Succeeded)
            return;
        var proposals = await Proposals.HandleAsync(new ListIncidentProposals(), actor, Left);
        var levels = await Levels.HandleAsync(new ListSeverityLevels(), actor, Left);
        var services = await ListServices.HandleAsync(new ListServices(), actor, Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (address != Here)
            return;
        Shown = new Listing(
            address, outcome.Value.Incidents, outcome.Value.Open, outcome.Value.MayDeclare, proposals.Value?.Proposals ?? [], proposals.Value?.MayDecide ?? false,
            levels.Value ?? [], [.. (services.Value ?? []).Select(s => new ServiceChoice(s.Slug, s.Name))]);
    }

    private Task DeclinedAsync()
    {
        declined = true;
        return ReadAsync();
    }

    // A day of the reader's calendar.
    private DateTimeOffset? DayOf(string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? ReaderZone.Instant(day, Zone) : null;

    private string PageAddress(int page) => Address(All, page);

    private string Address(bool all, int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(Text) ? null : $"text={Uri.EscapeDataString(Text.Trim())}",
            Chosen is null ? null : $"severity={Chosen}",
            string.IsNullOrWhiteSpace(Service) ? null : $"service={Uri.EscapeDataString(Service)}",
            DayOf(From) is null ? null : $"from={From}",
            DayOf(To) is null ? null : $"to={To}",
            all ? "state=all" : null,
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.Incidents : $"{Routes.Incidents}?{query}";
    }
}
