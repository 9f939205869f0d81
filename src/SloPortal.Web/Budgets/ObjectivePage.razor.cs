using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets;
using SloPortal.Application.Objectives;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Budgets;

/// <summary>
/// The story of an objective: how it stands, and everything that happened to it on one time axis. Figures are prerendered; the
/// chart is told once the page is live. Range and form stand in the address.
/// </summary>
public sealed partial class ObjectivePage
{
    private Refusal? refusal;
    private Refusal? trouble;
    private StoryTold? story;
    private StoryModel? drawing;
    private string? toldFor;
    private Change changing;

    private enum Change { None, Rename, End }

    [Inject] private GetObjective.Handler Get { get; set; } = default!;
    [Inject] private ReleaseObjective.Handler Release { get; set; } = default!;
    [Inject] private GetStanding.Handler Stand { get; set; } = default!;
    [Inject] private GetStory.Handler Tell { get; set; } = default!;
    [Inject] private IEnumerable<ObjectivePart> KnownParts { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter] public string Service { get; set; } = "";
    [Parameter] public string Slug { get; set; } = "";

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [SupplyParameterFromQuery] private string? Range { get; set; }
    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? To { get; set; }
    [SupplyParameterFromQuery] private string? As { get; set; }

    /// <summary>What was prerendered, so that the live page begins with it.</summary>
    [PersistentState] public Reading? Shown { get; set; }

    public sealed record Reading(ObjectiveDetail Objective, Standing? Standing);

    protected override IReadOnlyList<string> Topics => Shown is { Objective: var shown } ? [$"objective/{shown.Id}", "budgets", $"deployments/{shown.ServiceId}", "incidents", "postmortems", "actions"] : [];

    protected override TimeSpan AtMostEvery { get; } = TimeSpan.FromSeconds(3);

    private DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private IEnumerable<ObjectivePart> Parts => KnownParts.OrderBy(p => p.Order);

    private Dictionary<string, object> PartParameters => new() { ["Service"] = Service, ["Objective"] = Slug, ["Now"] = Now };

    private bool AsTable => As == "table";

    private IReadOnlyList<Crumb> Way => Shown is null
        ? [new("Objectives", Routes.Objectives)]
        : [new("Objectives", Routes.Objectives), new(Shown.Objective.ServiceName, Routes.Service(Service))];

    private string Address => Routes.Objective(Service, Slug);

    private IReadOnlyList<Segment> Ranges => [.. StorySpan.Offered.Select(o => new Segment(
        $"{o.Name[..^1]} {o.Name[^1]}", StoryAddress.Of(Address, o.Name, null, null, AsTable), From is null && (Range ?? StorySpan.Usual) == o.Name))];

    private string DataAddress => $"/api/v1{Address}/story" + StoryAddress.Of("", Range ?? StorySpan.Usual, StoryAddress.Instant(From), StoryAddress.Instant(To), false);

    private string Headline => Shown switch
    {
        { Objective.ArchivedAt: not null } => "This objective has ended; its history stays",
        { Standing: { } standing } => StandingWords.Headline(standing, Zone),
        { Objective.Versions.Count: > 0 } => $"Version {Shown.Objective.Versions[^1].Number} is agreed and takes effect {RelativeTime.Describe(Shown.Objective.Versions[^1].EffectiveFrom, Now, Zone)}",
        { Objective.Waiting: { } waiting } => $"Waits for {string.Join(" and ", waiting.WaitsFor)}",
        _ => "No target is agreed",
    };

    private string Remark => Shown?.Standing is { } standing ? StandingWords.Remark(standing) : Shown?.Objective.Description ?? "";

    private string? Without => Shown?.Standing is { } standing ? BudgetWords.Without(standing) : null;

    /// <summary>What is counted, where it is not every event of the SLI.</summary>
    private string? CountedBy => Shown!.Objective.Current!.MethodPhrase is var method && (method != "events" || Without is not null) ? $"{method}{(Without is null ? "" : ", " + Without)}" : null;

    private string Externals => Address + "#externals";

    private string Caption
    {
        get
        {
            var step = $"A point every {HumanDuration.Text(TimeSpan.FromSeconds(story!.StepSeconds))}{(Without is null ? "" : ", " + Without)}.";
            return story.AgreedSince > story.From
                ? $"{step} Before {RelativeTime.Day(story.AgreedSince.Value, Zone)} nothing was agreed; the lines show how version {Shown!.Objective.Versions[^1].Number} would have judged it."
                : $"{step} Drag to look closer, double-click to go back.";
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Objective.Slug != Slug || Shown.Objective.Service != Service)
            await ReadAsync();
        else if (RendererInfo.IsInteractive)
            await TellAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        await ReadStandingAsync(actor);
        toldFor = null;
        if (RendererInfo.IsInteractive)
            await TellAsync();
    }

    private async Task ReadStandingAsync(Actor actor)
    {
        var asked = (Service, Slug);
        var objective = await Get.HandleAsync(new GetObjective(Service, Slug), actor, Left);
        refusal = objective.Refusal;
        if (!objective.Succeeded)
            return;
        var standing = await Stand.HandleAsync(new GetStanding(asked.Service, asked.Slug), actor, Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (asked != (Service, Slug))
            return;
        refusal = standing.Refusal;
        Shown = standing.Refusal is null ? new Reading(objective.Value, standing.Value) : null;
    }

    private async Task TellAsync()
    {
        var asked = StoryAddress.Of(Address, Range, StoryAddress.Instant(From), StoryAddress.Instant(To), false);
        if (Shown is not { Objective.Versions.Count: > 0 } || toldFor == asked)
            return;
        toldFor = asked;
        var outcome = await Tell.HandleAsync(
            new GetStory(Service, Slug, Range, StoryAddress.Instant(From), StoryAddress.Instant(To)), await Current.GetAsync(Left), Left);
        // The reader may have gone on to another range meanwhile; its own answer follows.
        if (toldFor != asked)
            return;
        (story, trouble) = (outcome.Value, outcome.Refusal);
        drawing = story is null ? null : StoryDrawing.Of(story, Zone.Id);
    }

    private async Task ReleaseAsync()
    {
        refusal = (await Release.HandleAsync(new ReleaseObjective(Service, Slug), await Current.GetAsync(Left), Left)).Refusal;
        await ReadAsync();
    }

    private async Task CloseChangeAsync(bool changed)
    {
        changing = Change.None;
        if (changed)
            await ReadAsync();
    }

    private void ZoomAsync(StoryRange range) => Navigation.NavigateTo(StoryAddress.Of(Address, null, range.From, range.To, false));

    private void ZoomOut()
    {
        if (story is not null)
            Navigation.NavigateTo(StoryAddress.Wider(Address, new Interval(story.From, story.To), story.Now));
    }

    private void ToggleTable() => Navigation.NavigateTo(StoryAddress.Of(Address, Range, StoryAddress.Instant(From), StoryAddress.Instant(To), !AsTable), replace: true);
}
