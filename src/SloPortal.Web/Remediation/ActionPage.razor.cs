using Microsoft.AspNetCore.Components;
using SloPortal.Application.Remediation;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Remediation;
using SloPortal.Web.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Remediation;

/// <summary>One action: what, by whom, until when, and what proves it done.</summary>
public sealed partial class ActionPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Actions", Routes.Actions)];

    private ActionForm form = new();
    private IReadOnlyList<ActionTeam> teams = [];
    private uint readVersion;
    private string? proof;
    private string? words;
    private bool busy;
    private Doing doing;
    private Refusal? refusal;
    private Refusal? trouble;

    private enum Doing { Nothing, Plan, Complete, Drop, Reopen }

    [Inject] private GetAction.Handler Get { get; set; } = default!;
    [Inject] private ListActionTeams.Handler Teams { get; set; } = default!;
    [Inject] private PlanAction.Handler Plan { get; set; } = default!;
    [Inject] private BeginAction.Handler Begin { get; set; } = default!;
    [Inject] private CompleteAction.Handler Complete { get; set; } = default!;
    [Inject] private DropAction.Handler Drop { get; set; } = default!;
    [Inject] private ReopenAction.Handler Reopen { get; set; } = default!;

    [Parameter] public int Number { get; set; }

    /// <summary>What was prerendered, so that the live page begins with it.</summary>
    [PersistentState] public Reading? Shown { get; set; }

    public sealed record Reading(ActionDetail Action);

    /// <summary>Of incidents too: one may become restricted.</summary>
    protected override IReadOnlyList<string> Topics { get; } = ["actions", "incidents"];

    private string Sentence => Shown!.Action switch
    {
        { State: ActionState.Done } => $"{Shown.Action.TeamName} has done it, and a link proves it.",
        { State: ActionState.Dropped } => $"{Shown.Action.TeamName} does not do it.",
        { IsOverdue: true } => $"{Who} should have done it by {ActionWords.Day(Shown.Action.DueOn)}.",
        { State: ActionState.InProgress } => $"{Who} is at it, until {ActionWords.Day(Shown.Action.DueOn)}.",
        _ => $"{Who} has until {ActionWords.Day(Shown.Action.DueOn)}.",
    };

    private string Who => Shown!.Action.Assignee ?? Shown.Action.TeamName;

    private string Button => doing switch
    {
        Doing.Plan => "Save",
        Doing.Complete => "Complete action",
        Doing.Drop => "Drop action",
        Doing.Reopen => "Reopen action",
        _ => "",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Action.Number != Number)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Number;
        var outcome = await Get.HandleAsync(new GetAction(asked), actor, Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (asked != Number)
            return;
        refusal = outcome.Refusal;
        Shown = outcome.Succeeded ? new Reading(outcome.Value) : null;
    }

    private async Task DoAsync(Doing next)
    {
        (doing, trouble, proof, words) = (next, null, null, null);
        if (next != Doing.Plan)
            return;
        (form, readVersion) = (ActionForm.Of(Shown!.Action), Shown.Action.Version);
        var found = await Teams.HandleAsync(new ListActionTeams(), await Current.GetAsync(Left), Left).OrUnanswered();
        (teams, trouble) = (found.Value ?? [], found.Refusal);
    }

    private async Task BeginAsync() => await TakeAsync(await Begin.HandleAsync(new BeginAction(Number), await Current.GetAsync(Left), Left));

    private async Task SaveAsync()
    {
        busy = true;
        var actor = await Current.GetAsync(Left);
        await TakeAsync(doing switch
        {
            Doing.Plan => await Plan.HandleAsync(new PlanAction(Number, form.Title ?? "", form.Team ?? "", form.DueOn, form.Description, form.AssigneeId, readVersion), actor, Left),
            Doing.Complete => await Complete.HandleAsync(new CompleteAction(Number, proof ?? "", words ?? ""), actor, Left),
            Doing.Drop => await Drop.HandleAsync(new DropAction(Number, words ?? ""), actor, Left),
            _ => await Reopen.HandleAsync(new ReopenAction(Number, words ?? ""), actor, Left),
        });
    }

    private async Task TakeAsync(Outcome<Done> outcome)
    {
        (trouble, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            doing = Doing.Nothing;
        if (trouble is not { Kind: RefusalKind.Unavailable })
            await ReadAsync();
    }
}
