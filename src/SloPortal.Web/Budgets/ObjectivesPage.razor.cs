using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Budgets;

/// <summary>All objectives, what hurts most first. Filter, standing, order and page stand in the address.</summary>
public sealed partial class ObjectivesPage
{
    private static readonly ObjectiveStanding[] Standings = [ObjectiveStanding.Exhausted, ObjectiveStanding.AtRisk, ObjectiveStanding.NoData, ObjectiveStanding.Healthy, ObjectiveStanding.NotAgreed];

    private Refusal? refusal;

    [Inject] private ListObjectives.Handler List { get; set; } = default!;
    [Inject] private BudgetTrends Trends { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Filter { get; set; }
    [SupplyParameterFromQuery] private string? Standing { get; set; }
    [SupplyParameterFromQuery] private string? Sort { get; set; }
    [SupplyParameterFromQuery] private bool Archived { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    /// <summary>
    /// What was read, and for which address. It is not handed from the prerendered page to the live one: the list is in memory, and
    /// reading it again costs less than writing fifty rows into the page a second time.
    /// </summary>
    private Listing? Shown { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["objectives", "budgets", "proposals"];

    protected override TimeSpan AtMostEvery { get; } = TimeSpan.FromSeconds(3);

    private sealed record Listing(string Address, ObjectiveList List, IReadOnlyDictionary<Guid, IReadOnlyList<double?>> Trends, bool MayImport, bool MayExport);

    private ObjectiveStanding? Chosen => Enum.TryParse<ObjectiveStanding>(Standing, ignoreCase: true, out var standing) ? standing : null;

    private ObjectiveOrder Order => Enum.TryParse<ObjectiveOrder>(Sort, ignoreCase: true, out var order) ? order : ObjectiveOrder.Hurts;

    private string Here => Address(Filter, Chosen, Order, Archived, Math.Max(1, Page));

    private string Sentence
    {
        get
        {
            if (Shown is null)
                return "Reading the objectives.";
            var all = Shown.List.Counts.Values.Sum();
            var bad = Count(ObjectiveStanding.Exhausted);
            var risk = Count(ObjectiveStanding.AtRisk);
            return (all, bad, risk) switch
            {
                (0, _, _) => Archived ? "No objective has ended." : "Nothing is agreed yet.",
                (_, 0, 0) => $"{Number(all)} {(all == 1 ? "objective" : "objectives")}, no budget is exhausted or at risk.",
                (_, _, 0) => $"{Number(bad)} of {Number(all)} {Are(bad)} exhausted.",
                (_, 0, _) => $"{Number(risk)} of {Number(all)} {Are(risk)} at risk.",
                _ => $"{Number(bad)} of {Number(all)} {Are(bad)} exhausted, {Number(risk)} more {Are(risk)} at risk.",
            };
        }
    }

    private IReadOnlyList<Segment> Views =>
    [
        new($"All {Number(Shown?.List.Counts.Values.Sum() ?? 0)}", Address(Filter, null, Order, false, 1), Chosen is null && !Archived),
        .. Standings.Where(s => Count(s) > 0 || s == Chosen).Select(s =>
            new Segment($"{BudgetWords.WordOf(s)} {Number(Count(s))}", Address(Filter, s, Order, false, 1), s == Chosen)),
        new("Ended", Address(Filter, null, Order, true, 1), Archived),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(
            new ListObjectives(Filter, Standing: Chosen, Order: Order, Archived: Archived, Page: Math.Max(1, Page)), actor, Left);
        refusal = outcome.Refusal;
        if (!outcome.Succeeded)
            return;
        var trends = await Trends.OfAsync(outcome.Value.Page.Items, Clock.GetUtcNow(), Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (address == Here)
            Shown = new Listing(address, outcome.Value, trends, actor.May(Permission.OwnServices), actor.May(Permission.Export));
    }

    private int Count(ObjectiveStanding standing) => Archived ? 0 : Shown?.List.Counts.GetValueOrDefault(standing) ?? 0;

    private string? SortOf(ObjectiveOrder order) => Order == order ? order == ObjectiveOrder.Burn ? "descending" : "ascending" : null;

    private string Ordered(ObjectiveOrder order) => Address(Filter, Chosen, order, Archived, 1);

    private string PageAddress(int page) => Address(Filter, Chosen, Order, Archived, page);

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Are(int count) => count == 1 ? "is" : "are";

    private static string Address(string? filter, ObjectiveStanding? standing, ObjectiveOrder order, bool archived, int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(filter) ? null : $"filter={Uri.EscapeDataString(filter.Trim())}",
            standing is null ? null : $"standing={standing}",
            order == ObjectiveOrder.Hurts ? null : $"sort={order}",
            archived ? "archived=true" : null,
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.Objectives : $"{Routes.Objectives}?{query}";
    }
}
