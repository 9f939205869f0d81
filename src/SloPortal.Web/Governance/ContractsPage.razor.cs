using Microsoft.AspNetCore.Components;
using SloPortal.Application.Governance;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Governance;

/// <summary>What customers were promised, and what the running periods cost. Filters and page stand in the address.</summary>
public sealed partial class ContractsPage
{
    private Refusal? refusal;

    [Inject] private ListContracts.Handler List { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Filter { get; set; }
    [SupplyParameterFromQuery] private string? Service { get; set; }
    [SupplyParameterFromQuery] private bool Ended { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    public sealed record Listing(string Address, ContractList Found);

    protected override IReadOnlyList<string> Topics { get; } = ["contracts", "objectives", "budgets"];

    protected override TimeSpan AtMostEvery => TimeSpan.FromSeconds(5);

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Filter) || !string.IsNullOrWhiteSpace(Service);

    private string Here => Address(Ended, Math.Max(1, Page));

    private string Sentence => Shown?.Found switch
    {
        null => "Reading the contracts.",
        { Contracts.Total: 0 } => "What customers were promised, and what it costs to break it.",
        { Conflicts: 0 } => "Every contract in term is watched by an objective that is as strict.",
        { Conflicts: 1 } => "One contract can be broken while its objective is kept, or has none.",
        { Conflicts: var many } => $"{many} contracts can be broken while their objectives are kept, or have none.",
    };

    private IReadOnlyList<Segment> Terms => [new("In term or to come", Address(false, 1), !Ended), new("Ended", Address(true, 1), Ended)];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(new ListContracts(Filter, Service, Ended, Math.Max(1, Page)), actor, Left);
        refusal = outcome.Refusal;
        // While this was read the reader may have moved on; its own reading follows.
        if (outcome.Succeeded && address == Here)
            Shown = new Listing(address, outcome.Value);
    }

    private string PageAddress(int page) => Address(Ended, page);

    private string Address(bool ended, int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(Filter) ? null : $"filter={Uri.EscapeDataString(Filter.Trim())}",
            string.IsNullOrWhiteSpace(Service) ? null : $"service={Uri.EscapeDataString(Service)}",
            ended ? "ended=true" : null,
            page == 1 ? null : $"page={page.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.Contracts : $"{Routes.Contracts}?{query}";
    }
}
