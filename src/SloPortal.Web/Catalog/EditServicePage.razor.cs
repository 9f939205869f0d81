using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Catalog;

public sealed partial class EditServicePage
{
    private ServiceDetails? service;
    private ServiceInput? input;
    private IReadOnlyList<OwnerTeam> teams = [];
    private Refusal? denial;
    private Refusal? refusal;
    private bool busy;

    [Inject]
    private GetService.Handler Get { get; set; } = default!;

    [Inject]
    private UpdateService.Handler Update { get; set; } = default!;

    [Inject]
    private ListOwnerTeams.Handler ListTeams { get; set; } = default!;

    [Inject]
    private CurrentActor Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Parameter]
    public string Slug { get; set; } = "";

    private IReadOnlyList<Crumb> Way => [new("Services", Routes.Services), new(service?.Name ?? Slug, Routes.Service(Slug))];

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync();
        var found = await Get.HandleAsync(new GetService(Slug), actor, default);
        var mine = await ListTeams.HandleAsync(new ListOwnerTeams(), actor, default);
        denial = found.Refusal ?? mine.Refusal;
        if (denial is null && !found.Value!.MayChange)
            denial = Refusal.Denied($"Only members of {found.Value.TeamName} change this service. One of them or an administrator can do it, or add you.");
        if (denial is not null)
            return;
        (service, teams) = (found.Value, mine.Value ?? []);
        input = new ServiceInput(service!);
    }

    private async Task SaveAsync()
    {
        busy = true;
        var request = new UpdateService(Slug, input!.Slug, input.Name, input.Description, input.Tier, input.OwnerTeam, input.GivenLinks, service!.Version);
        var outcome = await Update.HandleAsync(request, await Current.GetAsync(), default);
        (refusal, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            Navigation.NavigateTo(Routes.Service(request.Slug));
    }
}
