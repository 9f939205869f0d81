using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Detection.Watching;
using SloPortal.Application.Incidents.Response;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Detection.Watching;

/// <summary>Who looks after a watched thing, for how long, and what becomes of it.</summary>
public sealed partial class WatchActions
{
    private IReadOnlyList<Choice> people = [];
    private IReadOnlyList<SeverityRow> levels = [];
    private IncidentSeverity severity = IncidentSeverity.Sev3;
    private bool restricted;
    private string? person;
    private string? text;
    private int days = 7;
    private Doing doing;
    private string key = "";
    private bool busy;
    private Refusal? refusal;

    [Parameter, EditorRequired] public WatchRow Item { get; set; } = default!;

    /// <summary>The reader owns it.</summary>
    [Parameter] public bool IsOwner { get; set; }

    /// <summary>It changed.</summary>
    [Parameter] public EventCallback Done { get; set; }

    [Inject] private OwnWatch.Handler Own { get; set; } = default!;
    [Inject] private ExtendWatch.Handler Extend { get; set; } = default!;
    [Inject] private DismissWatch.Handler Dismiss { get; set; } = default!;
    [Inject] private PromoteWatch.Handler Promote { get; set; } = default!;
    [Inject] private ListPeople.Handler People { get; set; } = default!;
    [Inject] private ListSeverityLevels.Handler Levels { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    private bool Waits => busy || !RendererInfo.IsInteractive;

    private enum Doing
    {
        Nothing,
        Giving,
        Extending,
        Dismissing,
        Promoting,
    }

    private void Begin(Doing what) => (doing, text, person, refusal, key) = (what, null, null, null, Guid.NewGuid().ToString());

    private async Task GivingAsync()
    {
        var found = await People.HandleAsync(new ListPeople(Disabled: false, Size: 500), await Current.GetAsync(), default).OrUnanswered();
        Begin(Doing.Giving);
        (people, refusal) = ([.. (found.Value?.Items ?? []).Select(p => new Choice(p.Id.ToString(), p.Name))], found.Refusal);
    }

    private async Task PromotingAsync()
    {
        var found = await Levels.HandleAsync(new ListSeverityLevels(), await Current.GetAsync(), default).OrUnanswered();
        Begin(Doing.Promoting);
        (levels, text, refusal) = (found.Value ?? [], Item.Title, found.Refusal);
    }

    private Task TakeAsync()
    {
        Begin(Doing.Nothing);
        return DoAsync(async actor => (await Own.HandleAsync(new OwnWatch(Item.Id, ClientKey: key), actor, default)).Refusal);
    }

    private Task GiveAsync() => DoAsync(async actor => (await Own.HandleAsync(new OwnWatch(Item.Id, Guid.Parse(person!), key), actor, default)).Refusal);

    private Task ExtendAsync() => DoAsync(async actor => (await Extend.HandleAsync(new ExtendWatch(Item.Id, Clock.GetUtcNow().AddDays(days), text, key), actor, default)).Refusal);

    private Task DismissAsync() => DoAsync(async actor => (await Dismiss.HandleAsync(new DismissWatch(Item.Id, text ?? "", key), actor, default)).Refusal);

    private async Task PromoteAsync()
    {
        busy = true;
        var outcome = await Promote.HandleAsync(new PromoteWatch(Item.Id, severity, text ?? "", Restricted: restricted, ClientKey: key), await Current.GetAsync(), default);
        (refusal, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            Navigation.NavigateTo(Routes.Incident(outcome.Value));
    }

    private async Task DoAsync(Func<Actor, Task<Refusal?>> change)
    {
        busy = true;
        refusal = await change(await Current.GetAsync());
        busy = false;
        if (refusal is not null)
            return;
        doing = Doing.Nothing;
        await Done.InvokeAsync();
    }
}
