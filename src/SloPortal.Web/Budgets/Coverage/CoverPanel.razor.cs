using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets.Coverage;
using SloPortal.Application.Measurement.Coverage;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Budgets.Coverage;

/// <summary>One class of failures of one journey: what notices it, or why nothing does.</summary>
public sealed partial class CoverPanel
{
    private readonly HashSet<int> chosen = [];
    private IReadOnlyList<CoverChoice> choices = [];
    private Deed? doing;
    private Refusal? trouble;
    private string? reason;
    private string? password;
    private DateOnly reviewOn;
    private bool busy;

    private enum Deed
    {
        Choose,
        Accept,
    }

    [Parameter, EditorRequired] public JourneyRow Journey { get; set; } = default!;

    [Parameter, EditorRequired] public CoverageCell Cell { get; set; } = default!;

    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    [Parameter] public EventCallback Changed { get; set; }

    [Inject] private ListCoverChoices.Handler Choices { get; set; } = default!;
    [Inject] private CoverFailure.Handler Cover { get; set; } = default!;
    [Inject] private AcceptGap.Handler Accept { get; set; } = default!;
    [Inject] private TakeGapBack.Handler TakeBack { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    private void Begin(Deed deed) => (doing, trouble, reason, password, reviewOn) = (deed, null, Cell.Gap?.Reason ?? "", null, DateOnly.FromDateTime(Now.UtcDateTime).AddDays(90));

    private async Task ChooseAsync()
    {
        choices = (await Choices.HandleAsync(new ListCoverChoices(Journey.Slug), await Current.GetAsync(), default)).Value ?? [];
        chosen.Clear();
        chosen.UnionWith(Cell.Covers.Select(c => c.SliId));
        // What the definitions propose is ticked where nothing is chosen yet.
        if (chosen.Count == 0)
            chosen.UnionWith(choices.Where(c => c.Proposed == Cell.Failure).Select(c => c.SliId));
        Begin(Deed.Choose);
    }

    private void Toggle(int sli)
    {
        if (!chosen.Remove(sli))
            chosen.Add(sli);
    }

    private Task CoverAsync() => DoAsync(async () => (await Cover.HandleAsync(new CoverFailure(Journey.Slug, Cell.Failure, [.. chosen]), await Current.GetAsync(), default)).Refusal);

    private Task AcceptAsync() => DoAsync(async () => (await Accept.HandleAsync(new AcceptGap(Journey.Slug, Cell.Failure, reason ?? "", reviewOn, password), await Current.GetAsync(), default)).Refusal);

    private Task TakeBackAsync() => DoAsync(async () => (await TakeBack.HandleAsync(new TakeGapBack(Journey.Slug, Cell.Failure), await Current.GetAsync(), default)).Refusal);

    private async Task DoAsync(Func<Task<Refusal?>> deed)
    {
        // A second click may come before the button is drawn as disabled.
        if (busy)
            return;
        busy = true;
        trouble = await deed();
        busy = false;
        if (trouble is not null)
            return;
        (doing, password) = (null, null);
        await Changed.InvokeAsync();
    }
}
