using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Comparing;
using SloPortal.Application.Measurement.Deciding;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Deciding;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Deciding;

/// <summary>By which measurement an SLI counts and what minutes without data mean: what holds, what was decided, and what waits for a signature.</summary>
public sealed partial class CountingPanel
{
    private static readonly (MergeRule Merge, string Word, string Says)[] Merges =
    [
        (MergeRule.Primary, "This SLI", "Whatever others say."),
        (MergeRule.Other, "Another measurement", "One of them is better than this SLI."),
        (MergeRule.WorstOf, "The worst of them", "That with the lowest good share; a failure that only one sees counts."),
        (MergeRule.Median, "The middle of them", "The middle good share over the events of this SLI; of two, their mean."),
    ];

    private static readonly (NoDataRule NoData, string Word, string Says)[] Silences =
    [
        (NoDataRule.CountsAsNothing, "Count as nothing", "They are shown as gaps, and budgets and alerts say since when nothing came."),
        (NoDataRule.CountsAsBad, "Count as failed", "After some minutes, with the events that are usual at that hour of the week."),
        (NoDataRule.Undetermined, "Leave the verdict open", "Where they could have changed whether the target is met."),
    ];

    private readonly List<int> chosen = [];
    private CountingTold? told;
    private IReadOnlyList<MeasurementRow> others = [];
    private (CountingRow Row, bool Sign)? deed;
    private Refusal? trouble;
    private MergeRule merge;
    private NoDataRule noData;
    private DateTime? from;
    private int? badAfter = 15;
    private string? reason;
    private string? password;
    private bool proposing;
    private bool busy;

    [Parameter, EditorRequired] public int SliId { get; set; }

    /// <summary>Whether the reader acts for the team that owns the service.</summary>
    [Parameter, EditorRequired] public bool MayChange { get; set; }

    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Inject] private ListCounting.Handler List { get; set; } = default!;
    [Inject] private ListMeasurements.Handler Measurements { get; set; } = default!;
    [Inject] private ProposeCounting.Handler ProposeHandler { get; set; } = default!;
    [Inject] private SignCounting.Handler Sign { get; set; } = default!;
    [Inject] private DeclineCounting.Handler Decline { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync() => told = (await List.HandleAsync(new ListCounting(SliId), await Current.GetAsync(), default)).Value;

    private async Task Propose()
    {
        others = (await Measurements.HandleAsync(new ListMeasurements(SliId), await Current.GetAsync(), default)).Value?.Others ?? [];
        (proposing, trouble, reason, deed) = (true, null, "", null);
    }

    private void Choose(int other)
    {
        if (merge == MergeRule.Other)
            chosen.Clear();
        if (!chosen.Remove(other))
            chosen.Add(other);
    }

    private Task ProposeAsync() => DoAsync(async () => (await ProposeHandler.HandleAsync(
        new ProposeCounting(SliId, merge, merge == MergeRule.Primary ? [] : [.. chosen], noData, noData == NoDataRule.CountsAsBad ? badAfter : null, from is { } local ? ReaderZone.Instant(local, Zone) : null, reason ?? ""),
        await Current.GetAsync(), default)).Refusal);

    private void Begin(CountingRow row, bool sign) => (deed, trouble, reason, password, proposing) = ((row, sign), null, "", null, false);

    private Task DecideAsync() => DoAsync(async () =>
    {
        var ((row, sign), actor) = (deed!.Value, await Current.GetAsync());
        return sign
            ? (await Sign.HandleAsync(new SignCounting(row.Id, reason ?? "", row.ContentHash, password), actor, default)).Refusal
            : (await Decline.HandleAsync(new DeclineCounting(row.Id, reason ?? ""), actor, default)).Refusal;
    });

    private async Task DoAsync(Func<Task<Refusal?>> act)
    {
        // A second click may come before the button is drawn as disabled.
        if (busy)
            return;
        busy = true;
        trouble = await act();
        busy = false;
        if (trouble is not null)
            return;
        (deed, proposing, password) = (null, false, null);
        await ReadAsync();
    }

    private static (Tone Tone, string Word) State(CountingRow row) => row switch
    {
        { State: DecisionState.Proposed } => (Tone.Warn, "Waits for a signature"),
        { State: DecisionState.InForce, IsInForce: true } => (Tone.Info, "In force"),
        { State: DecisionState.InForce } => (Tone.Neutral, "Signed"),
        { State: DecisionState.Declined } => (Tone.Neutral, "Declined"),
        { State: DecisionState.Withdrawn } => (Tone.Neutral, "Taken back"),
        _ => throw new ArgumentOutOfRangeException(nameof(row), row.State, null),
    };

    private static string Verb(DecisionState state) => state switch { DecisionState.InForce => "signed", DecisionState.Declined => "declined", _ => "taken back" };
}
