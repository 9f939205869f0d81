using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Objectives.Portfolio;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.Portfolio;

/// <summary>Every service against what it needs, what is missing first. Filter, view and page stand in the address.</summary>
public sealed partial class PortfolioPage
{
    private const string Differing = "differing";

    private Refusal? refusal;

    [Inject] private ListPortfolio.Handler List { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Filter { get; set; }
    [SupplyParameterFromQuery] private string? View { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    private Listing? Shown { get; set; }

    private sealed record Listing(string Address, PortfolioList List);

    protected override IReadOnlyList<string> Topics { get; } = ["services", "dependencies", "objectives", "proposals"];

    protected override TimeSpan AtMostEvery { get; } = TimeSpan.FromSeconds(3);

    private PortfolioStanding? Chosen => Enum.TryParse<PortfolioStanding>(View, ignoreCase: true, out var standing) ? standing : null;

    private string Here => Address(Filter, View, Math.Max(1, Page));

    private string Sentence
    {
        get
        {
            if (Shown is null)
                return "Reading the services.";
            var (missing, waiting) = (Count(PortfolioStanding.Missing), Count(PortfolioStanding.Waiting));
            var waits = waiting == 0 ? "" : $", {ScoreWords.Number(waiting)} more {(waiting == 1 ? "waits" : "wait")} for signatures";
            return Shown.List.Counts.Values.Sum() == 0 ? "No service to show."
                : missing == 0 ? $"Nothing that is required is missing{waits}."
                : $"{ScoreWords.Number(missing)} {(missing == 1 ? "service needs" : "services need")} an objective and {(missing == 1 ? "has" : "have")} none{waits}.";
        }
    }

    private IReadOnlyList<Segment> Views =>
    [
        new($"All {ScoreWords.Number(Shown?.List.Counts.Values.Sum() ?? 0)}", Address(Filter, null, 1), View is null),
        .. Enum.GetValues<PortfolioStanding>().Where(s => Count(s) > 0 || s == Chosen).Select(s =>
            new Segment($"{ScoreWords.Standing(s).Word} {ScoreWords.Number(Count(s))}", Address(Filter, s.ToString(), 1), s == Chosen)),
        new($"Tier differs {ScoreWords.Number(Shown?.List.Differing ?? 0)}", Address(Filter, Differing, 1), View == Differing),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(new ListPortfolio(Filter, Chosen, Differs: View == Differing, Page: Math.Max(1, Page)), actor, Left);
        refusal = outcome.Refusal;
        // While this was read the reader may have moved on; its own reading follows.
        if (outcome.Succeeded && address == Here)
            Shown = new Listing(address, outcome.Value);
    }

    private int Count(PortfolioStanding standing) => Shown?.List.Counts.GetValueOrDefault(standing) ?? 0;

    private string PageAddress(int page) => Address(Filter, View, page);

    private static string Address(string? filter, string? view, int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(filter) ? null : $"filter={Uri.EscapeDataString(filter.Trim())}",
            view is null ? null : $"view={Uri.EscapeDataString(view)}",
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.Portfolio : $"{Routes.Portfolio}?{query}";
    }
}
