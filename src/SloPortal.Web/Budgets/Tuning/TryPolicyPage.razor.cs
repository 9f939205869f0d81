using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets;
using SloPortal.Application.Budgets.Policies;
using SloPortal.Application.Budgets.Tuning;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Budgets.Tuning;

/// <summary>
/// Rules on the history of the objectives that use a policy, beside those in force. What is tried stands in the address; the replay runs in the
/// background, and what it gave is kept for its reader.
/// </summary>
public sealed partial class TryPolicyPage
{
    private PolicyDetail? policy;
    private TuningRun<PolicyTested>? run;
    private PolicyTested? shown;
    private StoryModel? drawing;
    private (PolicyTested, string)? drawn;
    private Refusal? refusal;
    private Refusal? trouble;

    [Inject] private ListAlertPolicies.Handler List { get; set; } = default!;
    [Inject] private TuningRuns Runs { get; set; } = default!;
    [Inject] private GetStory.Handler Tell { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter] public Guid Id { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [SupplyParameterFromQuery] private string? Rules { get; set; }
    [SupplyParameterFromQuery] private int? Days { get; set; }
    [SupplyParameterFromQuery] private string? Objective { get; set; }

    protected override IReadOnlyList<string> Topics => run is null ? [] : [run.Topic, AlertLabelTopic.Name];

    // A run may end before the page listens to it.
    protected override TimeSpan? AtLeastEvery { get; } = TimeSpan.FromSeconds(2);

    private static IReadOnlyList<Crumb> Way { get; } = [new("Alert policies", Routes.AlertPolicies)];

    private int Span => Days ?? TestAlertPolicy.DaysOffered[0];

    private IReadOnlyList<Segment> Spans => [.. TestAlertPolicy.DaysOffered.Select(days => new Segment($"{days} d", Routes.TryAlertPolicy(Id, Rules, days, Objective), Span == days))];

    private string Headline => (shown, policy) switch
    {
        ({ IsOther: true }, _) => $"Against “{policy?.Name}” as it is in force, over {shown.Days} days: {shown.Sentence}",
        ({ } result, _) => $"What “{policy?.Name}” would have done over {result.Days} days as it is in force.",
        (_, { } known) => $"“{known.Name}” on the stored history.",
        _ => "Rules on the stored history.",
    };

    /// <summary>The one that is chosen, else the one that changes most.</summary>
    private ObjectiveTested? Seen => shown?.Objectives is [var first, ..] ? first : null;

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override async Task ReadAsync(Actor actor)
    {
        if (policy is null)
        {
            var policies = await List.HandleAsync(new ListAlertPolicies(), actor, Left);
            refusal = policies.Refusal;
            if (!policies.Succeeded)
                return;
            policy = policies.Value.FirstOrDefault(p => p.Id == Id);
            if (policy is null)
            {
                refusal = Refusal.NotFound("The alert policy");
                return;
            }
        }

        if (!RendererInfo.IsInteractive)
            return;
        var asked = RulesText.Read(Rules);
        if (Rules is not null && asked is null)
        {
            trouble = Refusal.Invalid("The rules in the address cannot be read. Go back to the form and try them from there.");
            return;
        }

        var (service, slug) = Objective?.Split('/') is [var first, var second] ? (first, second) : (null, null);
        run = Runs.Follow(new TestAlertPolicy(Id, asked, service, slug, Span, Zone.Id), actor);
        if (run.Outcome is not { } outcome)
            return;
        (shown, trouble) = (outcome.Value ?? shown, outcome.Refusal);
        await DrawAsync(actor);
    }

    private async Task DrawAsync(Actor actor)
    {
        if (shown is not { } result || Seen is not { } seen || drawn == (result, seen.Objective))
            return;
        drawn = (result, seen.Objective);
        var story = await Tell.HandleAsync(new GetStory(seen.Service, seen.Objective, $"{result.Days}d"), actor, Left);
        if (drawn == (result, seen.Objective) && story.Succeeded)
            drawing = TriedDrawing.Of(story.Value, seen, result.IsOther, Zone.Id);
    }

    private string Of(ObjectiveTested one) => Routes.TryAlertPolicy(Id, Rules, Days, $"{one.Service}/{one.Objective}");

    private static IReadOnlyList<TestedAlert> False(ObjectiveTested one) => [.. one.TestedPages.Where(a => a.IsTrue == false)];

    private static string Named(IReadOnlyList<string> names) => names.Count <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";
}
