using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Web.Incidents.Escalation.Fatigue;
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

    /// <summary>Slug.</summary>
    [SupplyParameterFromQuery] private string? Team { get; set; }

    // The pages behind a figure of the fatigue report; see SliceAddress.
    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? To { get; set; }
    [SupplyParameterFromQuery] private Guid? Person { get; set; }
    [SupplyParameterFromQuery] private string? At { get; set; }
    [SupplyParameterFromQuery] private string? Day { get; set; }
    [SupplyParameterFromQuery] private int? Hour { get; set; }
    [SupplyParameterFromQuery] private string? Outcome { get; set; }
    [SupplyParameterFromQuery] private int? Wait { get; set; }
    [SupplyParameterFromQuery] private bool? Taken { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    public sealed record Listing(string Address, Page<PageRow> Pages, int Open, string? Person);

    protected override IReadOnlyList<string> Topics { get; } = ["pages"];

    private PageState? Chosen => State?.ToUpperInvariant() switch { "OPEN" => PageState.Open, "TAKEN" => PageState.Acknowledged, "OVER" => PageState.Resolved, _ => null };

    private bool Mine => string.Equals(Whose, "mine", StringComparison.OrdinalIgnoreCase);

    private FatigueSlice? Slice => SliceAddress.Read(From, To, Person, At, Day, Hour, Outcome, Wait, Taken);

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Filter) || Chosen is not null || Mine || !string.IsNullOrWhiteSpace(Team) || Slice is not null;

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
        var outcome = await List.HandleAsync(new ListPages(Chosen, Team, Text: Filter, Mine: Mine, Page: Math.Max(1, Page), Slice: Slice), actor, Left);
        refusal = outcome.Refusal;
        // While this was read the reader may have moved on; its own reading follows.
        if (outcome.Succeeded && address == Here)
            Shown = new Listing(address, outcome.Value.Pages, outcome.Value.Open, outcome.Value.Person);
    }

    private string SliceSentence(FatigueSlice slice)
    {
        var when = (slice.From, slice.To) switch
        {
            (null, null) => "",
            ({ } from, null) => $" since {RelativeTime.Moment(from, Zone)}",
            (null, { } to) => $" until {RelativeTime.Moment(to, Zone)}",
            ({ } from, { } to) => $" of {RelativeTime.Moment(from, Zone)} to {RelativeTime.Moment(to, Zone)}",
        };
        return $"Only pages{when}, {FatigueWords.Slice(slice.Pages, Shown?.Person)}.";
    }

    private string PageAddress(int page) => Address(Chosen, Mine, page);

    private string Address(PageState? state, bool mine, int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(Filter) ? null : $"filter={Uri.EscapeDataString(Filter.Trim())}",
            state switch { PageState.Open => "state=open", PageState.Acknowledged => "state=taken", PageState.Resolved => "state=over", _ => null },
            mine ? "whose=mine" : null,
            string.IsNullOrWhiteSpace(Team) ? null : $"team={Uri.EscapeDataString(Team)}",
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        }.Concat(SliceAddress.Parameters(Slice)).OfType<string>());
        return query.Length == 0 ? Routes.Pages : $"{Routes.Pages}?{query}";
    }
}
