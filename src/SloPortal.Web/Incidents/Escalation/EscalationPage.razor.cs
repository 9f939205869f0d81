using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Escalation;

/// <summary>Who is called about a team's signals: its rules and its policies. Team and what is edited stand in the address.</summary>
public sealed partial class EscalationPage
{
    private Refusal? refusal;
    private Refusal? trouble;
    private string? said;
    private int? test;
    private bool busy;

    [Inject] private ListEscalationPolicies.Handler Policies { get; set; } = default!;
    [Inject] private GetPagingRules.Handler Rules { get; set; } = default!;
    [Inject] private ArchiveEscalationPolicy.Handler Archive { get; set; } = default!;
    [Inject] private SendTestPage.Handler Test { get; set; } = default!;
    [Inject] private EscalationChoices.Handler Choices { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Team { get; set; }
    [SupplyParameterFromQuery(Name = "policy")] private string? Editing { get; set; }
    [SupplyParameterFromQuery(Name = "rules")] private string? RulesAsked { get; set; }

    /// <summary>What was read, and for which team, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    /// <param name="Asked">The team in the address.</param>
    /// <param name="Team">Whose escalation is shown.</param>
    public sealed record Listing(
        string? Asked, string Team, IReadOnlyList<NamedSlug> Teams, RulesShown Rules, IReadOnlyList<PolicyRow> Policies, IReadOnlyList<NamedSlug> Services, IReadOnlyList<TargetChoice> Choices);

    protected override IReadOnlyList<string> Topics { get; } = ["escalation", "on-call", "people"];

    private bool EditsRules => RulesAsked is not null;

    private string Sentence => Shown switch
    {
        null => "Reading who is called.",
        { Teams.Count: 0 } => "Who is called about a signal, one level after the other, until somebody takes it.",
        { Rules.Rules.Count: 0 } => $"{Shown.Rules.TeamName} calls nobody yet.",
        _ when Shown.Policies.Any(p => p.ReachesNobody) => "A policy reaches nobody at this moment.",
        _ => $"{Shown.Rules.TeamName} calls by {(Shown.Policies.Count == 1 ? "one policy" : $"{Shown.Policies.Count} policies")}.",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (Shown is null || Shown.Asked != Team)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Team;
        var choices = await Choices.HandleAsync(new EscalationChoices(asked), actor, Left);
        refusal = choices.Refusal;
        if (!choices.Succeeded)
            return;
        var team = choices.Value.Team;
        if (team is null)
        {
            Shown = new Listing(asked, "", [], new RulesShown("", "", [], false, null, false), [], [], []);
            return;
        }
        var rules = await Rules.HandleAsync(new GetPagingRules(team), actor, Left);
        var policies = await Policies.HandleAsync(new ListEscalationPolicies(team), actor, Left);
        refusal = rules.Refusal ?? policies.Refusal;
        // While this was read the reader may have moved on; its own reading follows.
        if (refusal is null && asked == Team)
            Shown = new Listing(asked, team, choices.Value.Teams, rules.Value!, policies.Value!, choices.Value.Services, choices.Value.Targets);
    }

    private async Task DoneAsync(string? sentence)
    {
        (said, test, trouble) = (sentence, null, null);
        await ReadAsync();
        Navigation.NavigateTo(Routes.EscalationOf(Shown!.Team));
    }

    private async Task ArchiveAsync(PolicyRow policy)
    {
        busy = true;
        trouble = (await Archive.HandleAsync(new ArchiveEscalationPolicy(policy.Id), await Current.GetAsync(Left), Left)).Refusal;
        busy = false;
        (said, test) = (trouble is null ? $"{policy.Name} is removed. What it called stays on record." : null, null);
        await ReadAsync();
    }

    private async Task TestAsync(PolicyRow policy)
    {
        busy = true;
        var outcome = await Test.HandleAsync(new SendTestPage(policy.Id), await Current.GetAsync(Left), Left);
        (trouble, busy) = (outcome.Refusal, false);
        said = outcome.Succeeded ? $"{policy.Name} is being called." : null;
        test = outcome.Succeeded ? outcome.Value : null;
    }
}
