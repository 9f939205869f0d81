using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.WarRooms;

/// <summary>What war rooms begin with; administrators change it.</summary>
public sealed partial class WarRoomPlanPage
{
    private readonly Dictionary<IncidentRole, string?> steps = [];
    private WarRoomPlan? plan;
    private Refusal? refusal;
    private string? callLink;
    private bool mayChange;
    private bool saved;
    private bool busy;

    [Inject] private GetWarRoomPlan.Handler Get { get; set; } = default!;
    [Inject] private SetWarRoomPlan.Handler Set { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private bool Edit { get; set; }

    private bool Editing => Edit && plan is not null && mayChange;

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        mayChange = actor.May(Permission.Administer);
        var outcome = await Get.HandleAsync(new GetWarRoomPlan(), actor, default);
        (plan, refusal) = (outcome.Value, outcome.Refusal);
        callLink = plan?.CallLink;
        foreach (var role in Enum.GetValues<IncidentRole>())
            steps[role] = string.Join('\n', plan?.StepsOf(role) ?? []);
    }

    private async Task SaveAsync()
    {
        busy = true;
        var checklists = steps.Select(s => new RoleChecklist(s.Key, (s.Value ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))).ToList();
        refusal = (await Set.HandleAsync(new SetWarRoomPlan(callLink, checklists, plan!.Version), await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (refusal is not null)
            return;
        saved = true;
        await ReadAsync();
        Navigation.NavigateTo(Routes.WarRoomPlan);
    }
}
