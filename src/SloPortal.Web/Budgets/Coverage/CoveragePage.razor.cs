using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets.Coverage;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets.Coverage;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Web.Budgets.Coverage;

/// <summary>Journeys of users against the ways in which they fail, and what would notice each. What is open stands in the address.</summary>
public sealed partial class CoveragePage
{
    private const int MostGaps = 10;

    private Refusal? refusal;

    [Inject] private GetCoverage.Handler Get { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "journey")] private string? JourneySlug { get; set; }
    [SupplyParameterFromQuery] private string? Failure { get; set; }
    [SupplyParameterFromQuery] private bool New { get; set; }

    private CoverageMatrix? Matrix { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["journeys", "objectives", "slis", "services"];

    /// <summary>That an SLI stops counting is published by nobody.</summary>
    protected override TimeSpan? AtLeastEvery { get; } = TimeSpan.FromMinutes(1);

    private JourneyRow? Selected => Matrix?.Journeys.FirstOrDefault(j => j.Slug == JourneySlug);

    private CoverageCell? Cell => Enum.TryParse<FailureClass>(Failure, ignoreCase: true, out var failure) ? Selected?.Cells.FirstOrDefault(c => c.Failure == failure) : null;

    private IReadOnlyList<(JourneyRow Row, CoverageCell Cell)> Gaps =>
        [.. from row in Matrix!.Journeys from cell in row.Cells where cell.State.IsGap() orderby row.Tier, cell.State, row.Position, row.Name, cell.Failure select (row, cell)];

    private string Sentence
    {
        get
        {
            if (Matrix is null)
                return "Reading the journeys.";
            if (Matrix.Journeys.Count == 0)
                return "Nobody has said yet what users come to do.";
            var critical = Gaps.Count(g => g.Row.Tier == ServiceTier.Critical);
            var (all, accepted) = (Matrix.Journeys.Sum(j => j.Cells.Count), Matrix.Journeys.Sum(j => j.Cells.Count(c => c.State == CoverageState.Accepted)));
            var signed = accepted == 0 ? "" : $" {accepted} {(accepted == 1 ? "is" : "are")} accepted as a gap.";
            return Gaps.Count == 0
                ? $"Every kind of failure of {(Matrix.Journeys.Count == 1 ? "the journey" : $"{Matrix.Journeys.Count} journeys")} is noticed or accepted as a gap.{signed}"
                : $"{Gaps.Count} of {all} kinds of failure would reach nobody{(critical == 0 ? "" : $", {critical} of them on critical journeys")}.{signed}";
        }
    }

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override async Task ReadAsync(Actor actor)
    {
        var outcome = await Get.HandleAsync(new GetCoverage(), actor, Left);
        (refusal, Matrix) = (outcome.Refusal, outcome.Value ?? Matrix);
    }

    private async Task OpenAsync(string? slug)
    {
        await ReadAsync();
        Navigation.NavigateTo(slug is null ? Routes.Coverage : Routes.CoverageOf(slug));
    }
}
