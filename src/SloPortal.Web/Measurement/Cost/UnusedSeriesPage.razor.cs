using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Cost;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Cost;

/// <summary>Metrics that come and that no SLI reads, the costliest first. Filter, source, view, order and page stand in the address.</summary>
public sealed partial class UnusedSeriesPage
{
    private const string SourceName = "source";
    private const string All = "all";

    private static readonly IReadOnlyList<Crumb> Way = [new("Sources", Routes.Sources)];

    private Refusal? refusal;

    [Inject] private ListUnusedSeries.Handler List { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Filter { get; set; }
    [SupplyParameterFromQuery(Name = SourceName)] private int? AskedSource { get; set; }
    [SupplyParameterFromQuery] private string? View { get; set; }
    [SupplyParameterFromQuery] private string? Sort { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    private Listing? Shown { get; set; }

    private sealed record Listing(string Address, UnusedSeries List);

    protected override IReadOnlyList<string> Topics { get; } = ["slis"];

    private SeriesReading? Reading => View == All ? null : Enum.TryParse<SeriesReading>(View, ignoreCase: true, out var reading) ? reading : SeriesReading.Unread;

    private SeriesOrder Order => Enum.TryParse<SeriesOrder>(Sort, ignoreCase: true, out var order) ? order : SeriesOrder.Samples;

    private string Here => Address(View, Sort, Math.Max(1, Page));

    private string Sentence => Shown?.List switch
    {
        null => "Reading the series.",
        { Series: 0 } => "No series came yet.",
        { UnreadSeries: 0 } list => $"Every one of {CostWords.Number(list.Series)} series is read by an SLI.",
        var list => $"{CostWords.Number(list.UnreadSeries)} of {CostWords.Number(list.Series)} series are read by no SLI; metrics that none reads at all are {PercentText.Spent(list.UnreadShare)} of the samples of the last {RelativeTime.Duration(list.Over)}.",
    };

    private IReadOnlyList<Segment> Views =>
    [
        new($"Nobody reads {Count(SeriesReading.Unread)}", Address(null, Sort, 1), Reading == SeriesReading.Unread),
        new($"Partly read {Count(SeriesReading.Partly)}", Address("partly", Sort, 1), Reading == SeriesReading.Partly),
        new($"Read {Count(SeriesReading.Read)}", Address("read", Sort, 1), Reading == SeriesReading.Read),
        new("All", Address(All, Sort, 1), Reading is null),
    ];

    private IReadOnlyList<Segment> Orders =>
        [.. Enum.GetValues<SeriesOrder>().Select(o => new Segment(o.ToString(), Address(View, o == SeriesOrder.Samples ? null : o.ToString().ToLowerInvariant(), 1), o == Order))];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(new ListUnusedSeries(AskedSource, Filter, Reading, Order, Math.Max(1, Page)), actor, Left);
        refusal = outcome.Refusal;
        // While this was read the reader may have moved on; its own reading follows.
        if (outcome.Succeeded && address == Here)
            Shown = new Listing(address, outcome.Value);
    }

    private string Count(SeriesReading reading) => CostWords.Number(Shown?.List.Counts.GetValueOrDefault(reading) ?? 0);

    private string PageAddress(int page) => Address(View, Sort, page);

    private string Address(string? view, string? sort, int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(Filter) ? null : $"filter={Uri.EscapeDataString(Filter.Trim())}",
            AskedSource is { } source ? $"{SourceName}={source.ToString(CultureInfo.InvariantCulture)}" : null,
            view is null ? null : $"view={Uri.EscapeDataString(view)}",
            sort is null ? null : $"sort={Uri.EscapeDataString(sort)}",
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.UnusedSeries() : $"{Routes.UnusedSeries()}?{query}";
    }
}
