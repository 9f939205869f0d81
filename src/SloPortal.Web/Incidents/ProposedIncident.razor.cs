using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Incidents.Response;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents;

/// <summary>A burn alert that may be an incident, with the decision beside its evidence.</summary>
public sealed partial class ProposedIncident
{
    private readonly Dictionary<IncidentRole, Guid> given = [];
    private IReadOnlyList<PersonRow> people = [];
    private IncidentSeverity severity = IncidentSeverity.Sev2;
    private bool warRoom;
    private string? why;
    private Doing doing;
    private string? reason;
    private Refusal? refusal;
    private bool busy;

    [Inject] private ConfirmProposal.Handler Confirm { get; set; } = default!;
    [Inject] private DeclineProposal.Handler Decline { get; set; } = default!;
    [Inject] private ListPeople.Handler People { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter, EditorRequired] public ProposalRow Proposal { get; set; } = default!;
    [Parameter, EditorRequired] public bool MayDecide { get; set; }
    [Parameter, EditorRequired] public IReadOnlyList<SeverityRow> Severities { get; set; } = [];
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    /// <summary>It was declined; a confirmed one leads to its incident.</summary>
    [Parameter] public EventCallback Declined { get; set; }

    /// <summary>What is chosen is not what the policy recommends, which needs a reason.</summary>
    private bool IsOtherwise => Proposal.Recommendation is { Said: var said } && (severity, warRoom) != (said.Severity, said.WarRoom);

    private enum Doing
    {
        Nothing,
        Confirming,
        Declining,
    }

    private async Task ConfirmingAsync()
    {
        var found = await People.HandleAsync(new ListPeople(Disabled: false, Size: 500), await Current.GetAsync(), default).OrUnanswered();
        (people, refusal) = (found.Value?.Items ?? [], found.Refusal);
        if (Proposal.Recommendation is { Said: var said })
            (severity, warRoom) = (said.Severity ?? severity, said.WarRoom);
        doing = Doing.Confirming;
    }

    private void Give(IncidentRole role, object? person)
    {
        if (Guid.TryParse(person?.ToString(), out var id))
            given[role] = id;
        else
            given.Remove(role);
    }

    private async Task ConfirmAsync()
    {
        busy = true;
        var outcome = await Confirm.HandleAsync(
            new ConfirmProposal(Proposal.Id, severity, [.. given.Select(g => new RoleGiven(g.Key, g.Value))], WarRoom: warRoom, Reason: IsOtherwise ? why : null), await Current.GetAsync(), default);
        (refusal, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            Navigation.NavigateTo(Routes.Incident(outcome.Value));
    }

    private async Task DeclineAsync()
    {
        busy = true;
        refusal = (await Decline.HandleAsync(new DeclineProposal(Proposal.Id, reason ?? ""), await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (refusal is null)
            await Declined.InvokeAsync();
    }
}
