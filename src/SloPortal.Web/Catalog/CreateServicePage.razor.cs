using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Catalog;

public sealed partial class CreateServicePage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Services", Routes.Services)];

    private readonly ServiceInput input = new();
    private IReadOnlyList<OwnerTeam> teams = [];
    private Refusal? denial;
    private Refusal? refusal;
    private bool busy;

    [Inject]
    private CreateService.Handler Create { get; set; } = default!;

    [Inject]
    private ListOwnerTeams.Handler ListTeams { get; set; } = default!;

    [Inject]
    private CurrentActor Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task ReadAsync()
    {
        var outcome = await ListTeams.HandleAsync(new ListOwnerTeams(), await Current.GetAsync(), default);
        (teams, denial) = (outcome.Value ?? [], outcome.Refusal);
        if (teams is [var only])
            input.OwnerTeam = only.Slug;
    }

    private async Task SaveAsync()
    {
        busy = true;
        var request = new CreateService(input.Slug, input.Name, input.Description, input.Tier, input.OwnerTeam, input.GivenLinks);
        var outcome = await Create.HandleAsync(request, await Current.GetAsync(), default);
        (refusal, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            Navigation.NavigateTo(Routes.Service(request.Slug));
    }
}
