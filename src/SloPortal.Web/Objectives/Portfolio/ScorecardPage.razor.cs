using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog.Scoring;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Objectives.Portfolio;

/// <summary>The scorecard with its reasons; administrators change it.</summary>
public sealed partial class ScorecardPage
{
    private ScorecardView? view;
    private ScorecardInput? input;
    private Refusal? denial;
    private Refusal? refusal;
    private string? reason;
    private bool busy;
    private bool saved;

    [Inject] private GetScorecard.Handler Get { get; set; } = default!;
    [Inject] private ChangeScorecard.Handler Change { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        var outcome = await Get.HandleAsync(new GetScorecard(), await Current.GetAsync(), default);
        (view, denial) = (outcome.Value, outcome.Refusal);
    }

    private void Begin() => (input, refusal, reason, saved) = (new ScorecardInput(view!.Card), null, "", false);

    private async Task SaveAsync()
    {
        busy = true;
        var card = input!.Read();
        refusal = card.Refusal ?? (await Change.HandleAsync(new ChangeScorecard(card.Value!, reason ?? "", view!.Version), await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (refusal is not null)
            return;
        (input, saved) = (null, true);
        await ReadAsync();
    }
}
