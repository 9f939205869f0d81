using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets.Tuning;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Budgets.Tuning;

/// <summary>What other policies would have missed of one objective, against how often they would have paged.</summary>
public sealed partial class FrontierPage
{
    private TuningRun<PolicySwept>? run;
    private PolicySwept? shown;
    private Refusal? refusal;
    private bool mayChange;

    [Inject] private TuningRuns Runs { get; set; } = default!;

    [Parameter] public string Service { get; set; } = "";
    [Parameter] public string Slug { get; set; } = "";

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [SupplyParameterFromQuery] private int? Days { get; set; }

    protected override IReadOnlyList<string> Topics => run is null ? [] : [run.Topic, AlertLabelTopic.Name];

    // A run may end before the page listens to it.
    protected override TimeSpan? AtLeastEvery { get; } = TimeSpan.FromSeconds(2);

    private IReadOnlyList<Crumb> Way => [new("Objectives", Routes.Objectives), new(shown?.ObjectiveName ?? Slug, Routes.Objective(Service, Slug))];

    private int Span => Days ?? 90;

    private IReadOnlyList<Segment> Spans => [.. TestAlertPolicy.DaysOffered.Select(days => new Segment($"{days} d", Routes.AlertFrontier(Service, Slug, days), Span == days))];

    /// <summary>The frontier, and the policy in force where it is not on it.</summary>
    private IEnumerable<(SweptPolicy Point, string? Word)> Points
    {
        get
        {
            var points = shown!.Frontier.Any(p => Same(p, shown.InForce!)) ? shown.Frontier : [.. shown.Frontier, shown.InForce!];
            return points.OrderBy(p => p.PerWeek).ThenByDescending(p => p.MissedBudget).Select(p => (p, Word(p)));
        }
    }

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override Task ReadAsync(Actor actor)
    {
        if (!RendererInfo.IsInteractive)
            return Task.CompletedTask;
        mayChange = actor.May(Permission.Administer);
        run = Runs.Follow(new SweepAlertPolicy(Service, Slug, Span, Zone.Id), actor);
        if (run.Outcome is { } outcome)
            (shown, refusal) = (outcome.Value ?? shown, outcome.Refusal);
        return Task.CompletedTask;
    }

    private string Try(SweptPolicy point) => Routes.TryAlertPolicy(shown!.PolicyId, RulesText.Of(point.Rules), Span, $"{Service}/{Slug}");

    private string? Word(SweptPolicy point) => (Same(point, shown!.Proposed!), Same(point, shown.InForce!)) switch
    {
        (true, true) => "proposed, and in force",
        (true, false) => "proposed",
        (false, true) => "in force",
        _ => null,
    };

    private static bool Same(SweptPolicy a, SweptPolicy b) => a.Name == b.Name && a.PerWeek == b.PerWeek && a.MissedBudget == b.MissedBudget;
}
