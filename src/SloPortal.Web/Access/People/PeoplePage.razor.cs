using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Access.People;

public partial class PeoplePage : ComponentBase
{
    private Page<PersonRow>? people;
    private IReadOnlyList<InvitationRow> invitations = [];
    private IReadOnlyList<TeamRow> teams = [];
    private PersonRow? selected;
    private Refusal? refusal;
    private bool mayAdminister;
    private DateTimeOffset now;

    [Inject] private ListPeople.Handler Lister { get; set; } = default!;
    [Inject] private ReadPerson.Handler Reader { get; set; } = default!;
    [Inject] private ListTeams.Handler TeamLister { get; set; } = default!;
    [Inject] private ListInvitations.Handler InvitationLister { get; set; } = default!;
    [Inject] private RevokeInvitation.Handler Withdrawer { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Filter { get; set; }
    [SupplyParameterFromQuery] private string? Role { get; set; }

    /// <summary>"open" or "closed".</summary>
    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private int? Page { get; set; }
    [SupplyParameterFromQuery] private Guid? Person { get; set; }
    [SupplyParameterFromQuery] private bool Invite { get; set; }

    private bool HasFilter => !string.IsNullOrEmpty(Filter) || !string.IsNullOrEmpty(Role) || !string.IsNullOrEmpty(State);

    private (ListPeople List, Guid? Person) Asked =>
        (new(Filter, Enum.TryParse<Role>(Role, out var role) ? role : null, null, State switch { "open" => false, "closed" => true, _ => null }, Page ?? 1), Person);

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var asked = Asked;
        now = Clock.GetUtcNowInMicroseconds();
        var actor = await Current.GetAsync();
        mayAdminister = actor.May(Permission.Administer);
        var listed = await Lister.HandleAsync(asked.List, actor, default);
        var known = await TeamLister.HandleAsync(new ListTeams(), actor, default);
        var open = mayAdminister ? (await InvitationLister.HandleAsync(actor, default)).Value : null;
        var chosen = asked.Person is { } id ? (await Reader.HandleAsync(new ReadPerson(id), actor, default)).Value : null;
        // While this was read the filter may have moved on; its own reading follows.
        if (asked != Asked)
            return;
        (people, refusal, teams, invitations, selected) = (listed.Value, listed.Refusal, known.Value ?? [], open ?? [], chosen);
    }

    private async Task WithdrawAsync(InvitationRow invitation)
    {
        var outcome = await Withdrawer.HandleAsync(new RevokeInvitation(invitation.Id), await Current.GetAsync(), default);
        if (outcome.Succeeded)
            await LoadAsync();
        refusal = outcome.Refusal;
    }

    private string Address(params (string Name, object? Value)[] changes) =>
        Navigation.GetUriWithQueryParameters(changes.ToDictionary(c => c.Name, c => c.Value));

    private static string Count(int number, string one, string many) => number == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{number:N0} {many}");
}
