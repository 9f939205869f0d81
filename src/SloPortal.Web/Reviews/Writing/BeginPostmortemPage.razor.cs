using Microsoft.AspNetCore.Components;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Reviews.Writing;

/// <summary>Where the page of an incident leads for its postmortem: to the one that it has, or to begin one.</summary>
public sealed partial class BeginPostmortemPage
{
    private IncidentReview? review;
    private Refusal? refusal;
    private Refusal? trouble;
    private bool busy;

    [Inject] private FindPostmortem.Handler Find { get; set; } = default!;
    [Inject] private DraftPostmortem.Handler Draft { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter] public int Number { get; set; }

    private string Code => Incident.CodeOf(Number);

    private IReadOnlyList<Crumb> Way => [new(Code, Routes.Incident(Number))];

    protected override async Task OnParametersSetAsync()
    {
        var found = await Find.HandleAsync(new FindPostmortem(Number), await Current.GetAsync(), default);
        (review, refusal) = (found.Value, found.Refusal);
        if (review?.Postmortem is { } known)
            Navigation.NavigateTo(Routes.Review(known), replace: true);
    }

    private async Task BeginAsync()
    {
        busy = true;
        var begun = await Draft.HandleAsync(new DraftPostmortem(Number), await Current.GetAsync(), default);
        (trouble, busy) = (begun.Refusal, false);
        if (begun.Succeeded)
            Navigation.NavigateTo(Routes.EditReview(begun.Value));
    }
}
