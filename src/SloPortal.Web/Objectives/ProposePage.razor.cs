using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives;

/// <summary>Puts terms forward, for a new objective or a new version; the replay of the history follows what is typed.</summary>
public sealed partial class ProposePage : IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource left = new();
    private CancellationTokenSource? typing;
    private readonly ProposalInput input = new();
    private ProposalChoices? choices;
    private ObjectiveDetail? objective;
    private ProposalEvidence? evidence;
    private Refusal? denial;
    private Refusal? refusal;
    private Refusal? trouble;
    private string? targetProblem;
    private bool busy;
    private bool following;
    private bool moved;

    // What the evidence speaks of; the form may be ahead of it by a moment.
    private decimal evidenceTarget;

    [Inject] private GetProposalChoices.Handler Choices { get; set; } = default!;
    [Inject] private GetObjective.Handler GetObjective { get; set; } = default!;
    [Inject] private PreviewProposal.Handler Preview { get; set; } = default!;
    [Inject] private ProposeObjective.Handler ProposeNew { get; set; } = default!;
    [Inject] private ProposeVersion.Handler ProposeNext { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Parameter] public string Service { get; set; } = "";

    /// <summary>The objective that gets a new version; null for a new objective.</summary>
    [Parameter] public string? Slug { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private IReadOnlyList<Crumb> Way =>
    [
        new("Objectives", Routes.Objectives),
        new(choices?.ServiceName ?? Service, Routes.Service(Service)),
        .. Slug is null ? Array.Empty<Crumb>() : [new Crumb(objective?.Name ?? Slug, Routes.Objective(Service, Slug))],
    ];

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync(left.Token);
        var found = await Choices.HandleAsync(new GetProposalChoices(Service), actor, left.Token);
        (choices, denial) = (found.Value, found.Refusal);
        if (choices is null)
            return;
        if (Slug is not null)
        {
            var outcome = await GetObjective.HandleAsync(new GetObjective(Service, Slug), actor, left.Token);
            (objective, denial) = (outcome.Value, outcome.Refusal);
        }
        input.BeginWith(choices, objective, actor.PersonId);
        await FollowAsync();
    }

    public void Dispose()
    {
        left.Cancel();
        typing?.Dispose();
        left.Dispose();
    }

    private async Task TypeTargetAsync(string? typed)
    {
        input.TargetText = typed ?? "";
        targetProblem = input.Target is { } percent ? ObjectiveTarget.RefusalFor(percent) : "Write the target as a number, for example 99.9.";
        typing?.Cancel();
        typing?.Dispose();
        typing = CancellationTokenSource.CreateLinkedTokenSource(left.Token);
        try
        {
            await Task.Delay(TypingPause, Clock, typing.Token);
            await FollowAsync();
        }
        catch (OperationCanceledException)
        {
            // The next key took over.
        }
    }

    /// <summary>Without the pause of typing: what is dragged is followed at once.</summary>
    private Task DragTargetAsync(decimal percent)
    {
        input.TargetText = percent.ToString(CultureInfo.InvariantCulture);
        targetProblem = ObjectiveTarget.RefusalFor(percent);
        return FollowAsync();
    }

    private Task TakeMethodAsync(string method)
    {
        input.Method.Take(method);
        return FollowAsync();
    }

    /// <summary>One question at a time: what moves while it is answered is asked next, and what lay between is never asked.</summary>
    private async Task FollowAsync()
    {
        moved = true;
        if (following)
            return;
        following = true;
        try
        {
            while (moved)
            {
                moved = false;
                if (targetProblem is not null || input.Target is not { } percent || input.Sli.Length == 0)
                    continue;
                var outcome = await Preview.HandleAsync(new PreviewProposal(Service, input.Sli, percent, input.Window, input.Method.Text, input.Externals), await Current.GetAsync(left.Token), left.Token).OrUnanswered();
                (evidence, evidenceTarget, trouble) = (outcome.Value, percent, outcome.Refusal);
                StateHasChanged();
            }
        }
        finally
        {
            following = false;
        }
    }

    private async Task ProposeAsync()
    {
        if (input.Target is not { } percent)
            return;
        busy = true;
        var terms = new ProposedTerms(input.Sli, percent, input.Window, input.EffectiveFromIn(Zone), input.OwnerId, input.StakeholderId, input.Rationale, input.Method.Text, input.Externals, input.ReviewOn);
        var actor = await Current.GetAsync(left.Token);
        var outcome = Slug is null
            ? await ProposeNew.HandleAsync(new ProposeObjective(Service, input.Slug, input.Name, "", terms), actor, left.Token)
            : await ProposeNext.HandleAsync(new ProposeVersion(Service, Slug, terms), actor, left.Token);
        (refusal, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            Navigation.NavigateTo(Routes.Proposal(outcome.Value));
    }

    private bool Has(string field) => refusal?.Fields?.ContainsKey(field) == true;

    private string? Bad(params string[] fields) => fields.Any(Has) ? "true" : null;
}
