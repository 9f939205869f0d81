using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Detection.Deciding;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Deciding;
using SloPortal.Web.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Deciding;

/// <summary>What the policy recommended and what people decided. Filters and page stand in the address.</summary>
public sealed partial class DecisionsPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Incidents", Routes.Incidents)];

    private Refusal? refusal;

    [Inject] private ListDecisions.Handler List { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Text { get; set; }
    [SupplyParameterFromQuery] private string? Outcome { get; set; }
    [SupplyParameterFromQuery] private int? Policy { get; set; }
    [SupplyParameterFromQuery] private int? Row { get; set; }
    [SupplyParameterFromQuery] private int? Days { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    public sealed record Listing(string Address, DecisionRecord Record);

    protected override IReadOnlyList<string> Topics { get; } = ["incidents"];

    private DecisionOutcome? Chosen => EnumWord<DecisionOutcome>.TryParse(Outcome, out var word) ? word.Value : null;

    /// <summary>What the address does not understand narrows nothing.</summary>
    private int Length => Days is { } days && ListDecisions.Lengths.Contains(days) ? days : 90;

    private bool IsNarrowed => Policy is not null || Row is not null;

    private string Narrowed => (Policy, Row) switch
    {
        ({ } policy, null) => string.Create(CultureInfo.InvariantCulture, $"Policy {policy} only."),
        ({ } policy, { } row) => DecisionWords.Place(policy, row) + " only.",
        (null, { } row) => string.Create(CultureInfo.InvariantCulture, $"Row {row} only."),
        _ => "",
    };

    private string Here => Address(Policy, Row, Chosen, Math.Max(1, Page));

    private string Sentence
    {
        get
        {
            if (Shown is null)
                return "Reading the decisions.";
            var (all, same, waiting) = (0, 0, 0);
            foreach (var row in Shown.Record.Rows)
                (all, same, waiting) = (all + DecisionWords.Outcomes.Sum(row.Of), same + row.AsRecommended, waiting + row.Waiting);
            return all == 0
                ? $"Nothing was recommended in the last {Length} days."
                : string.Create(CultureInfo.InvariantCulture, $"{same:N0} of {all - waiting:N0} decisions of the last {Length} days were as recommended{(waiting == 0 ? "" : $"; {waiting:N0} still wait")}.");
        }
    }

    private IReadOnlyList<Segment> Lengths => [.. ListDecisions.Lengths.Select(days => new Segment($"{days} days", Address(Policy, Row, Chosen, 1, days), days == Length))];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(new ListDecisions(Length, Policy, Row, Chosen, Text, Math.Max(1, Page)), actor, Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (address != Here)
            return;
        refusal = outcome.Refusal;
        if (outcome.Succeeded)
            Shown = new Listing(address, outcome.Value);
    }

    private string PageAddress(int number) => Address(Policy, Row, Chosen, number);

    private string Address(int? policy, int? row, DecisionOutcome? outcome, int number, int? days = null)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(Text) || (policy, row) != (Policy, Row) ? null : $"text={Uri.EscapeDataString(Text.Trim())}",
            outcome is null ? null : $"outcome={outcome}",
            policy is null ? null : string.Create(CultureInfo.InvariantCulture, $"policy={policy}"),
            row is null ? null : string.Create(CultureInfo.InvariantCulture, $"row={row}"),
            (days ?? Length) == 90 ? null : string.Create(CultureInfo.InvariantCulture, $"days={days ?? Length}"),
            number == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"page={number}"),
        }.OfType<string>());
        return query.Length == 0 ? Routes.Decisions : $"{Routes.Decisions}?{query}";
    }
}
