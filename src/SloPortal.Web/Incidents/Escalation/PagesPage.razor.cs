using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Escalation;

/// <summary>Pages, those that wait for an answer first. Filters and page stand in the address.</summary>
public sealed partial class PagesPage
{
    private Refusal? refusal;

    [Inject] private ListPages.Handler List { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Filter { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private string? Whose { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    public sealed record Listing(string Address, Page<PageRow> Pages, int Open);

    protected override IReadOnlyList<string> Topics { get; } = ["pages"];

    private PageState? Chosen => State?.ToUpperInvariant() switch { "OPEN" => PageState.Open, "TAKEN" => PageState.Acknowledged, "OVER" => PageState.Resolved, _ => null };

    private bool Mine => string.Equals(Whose, "mine", StringComparison.OrdinalIgnoreCase);

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Filter) || Chosen is not null || Mine;

    private string Here => Address(Chosen, Mine, Math.Max(1, Page));

    private string Sentence => Shown switch
    {
        null => "Reading the pages.",
        { Open: 0 } => "No page waits for an answer.",
        { Open: 1 } => "One page waits for an answer.",
        _ => $"{Shown.Open.ToString("N0", CultureInfo.InvariantCulture)} pages wait for an answer.",
    };

    private IReadOnlyList<Segment> Views =>
    [
        new("All", Address(null, false, 1), Chosen is null && !Mine),
        new("Calling", Address(PageState.Open, false, 1), Chosen == PageState.Open && !Mine),
        new("Taken", Address(PageState.Acknowledged, false, 1), Chosen == PageState.Acknowledged && !Mine),
        new("Mine", Address(null, true, 1), Mine),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(new ListPages(Chosen, Text: Filter, Mine: Mine, Page: Math.Max(1, Page)), actor, Left);
        refusal = outcome.Refusal;
        // While this was read the reader may have moved on; its own reading follows.
        if (outcome.Succeeded && address == Here)
            Shown = new Listing(address, outcome.Value.Pages, outcome.Value.Open);
    }

    private string PageAddress(int page) => Address(Chosen, Mine, page);

    private string Address(PageState? state, bool mine, int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(Filter) ? null : $"filter={Uri.EscapeDataString(Filter.Trim())}",
            state switch { PageState.Open => "state=open", PageState.Acknowledged => "state=taken", PageState.Resolved => "state=over", _ => null },
            mine ? "whose=mine" : null,
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.Pages : $"{Routes.Pages}?{query}";
    }
}
