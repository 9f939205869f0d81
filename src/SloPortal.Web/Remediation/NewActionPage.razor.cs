using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog;
using SloPortal.Application.Incidents;
using SloPortal.Application.Remediation;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Remediation;

/// <summary>Adds an action, from a postmortem, an incident, the page of a service, or alone.</summary>
public sealed partial class NewActionPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Actions", Routes.Actions)];

    private readonly ActionForm form = new();
    private IReadOnlyList<ActionTeam> teams = [];
    private IReadOnlyList<ServiceRow> services = [];
    private string? service = "";
    private string? origin;
    private bool busy;
    private Refusal? denial;
    private Refusal? refusal;

    [Inject] private CreateAction.Handler Create { get; set; } = default!;
    [Inject] private ListActionTeams.Handler Teams { get; set; } = default!;
    [Inject] private ListServices.Handler Services { get; set; } = default!;
    [Inject] private GetPostmortem.Handler ReadPostmortem { get; set; } = default!;
    [Inject] private GetIncident.Handler ReadIncident { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private int? Postmortem { get; set; }
    [SupplyParameterFromQuery] private int? Incident { get; set; }
    [SupplyParameterFromQuery] private string? Service { get; set; }

    private string Back => Postmortem is { } postmortem ? Routes.Review(postmortem) : Incident is { } incident ? Routes.Incident(incident) : Routes.Actions;

    protected override async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        if (!actor.May(Permission.Respond))
        {
            denial = Denial.Of(actor, Permission.Respond);
            return;
        }
        teams = (await Teams.HandleAsync(new ListActionTeams(), actor, default)).Value ?? [];
        services = (await Services.HandleAsync(new ListServices(), actor, default)).Value ?? [];
        var about = await AboutAsync(actor);
        if (services.FirstOrDefault(s => s.Slug == (Service ?? about)) is not { } chosen)
            return;
        service = chosen.Slug;
        form.Team = chosen.Team;
    }

    // The service that it most likely changes: the only one of what it follows from.
    private async Task<string?> AboutAsync(Actor actor)
    {
        if (Postmortem is { } postmortem)
        {
            var read = await ReadPostmortem.HandleAsync(new GetPostmortem(postmortem), actor, default);
            denial = read.Refusal;
            origin = read.Succeeded ? $"{read.Value.Code} {read.Value.Title}" : null;
            return read.Value?.Services is [var only] ? only.Slug : null;
        }
        if (Incident is { } incident)
        {
            var read = await ReadIncident.HandleAsync(new GetIncident(incident), actor, default);
            denial = read.Refusal;
            origin = read.Succeeded ? $"{read.Value.Code} {read.Value.Title}" : null;
            return read.Value?.Services is [var only] ? only.Slug : null;
        }
        return null;
    }

    private async Task SaveAsync()
    {
        busy = true;
        var outcome = await Create.HandleAsync(
            new CreateAction(form.Title ?? "", form.Team ?? "", form.DueOn, form.Description, form.AssigneeId, service, Incident, Postmortem), await Current.GetAsync(), default);
        (refusal, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            Navigation.NavigateTo(Routes.Action(outcome.Value));
    }
}
