using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Incidents.Escalation.Replay;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Incidents.Escalation.Quiet;

namespace SloPortal.Web.Incidents.Escalation;

/// <summary>Changes the table of a team. What is typed stays until it is saved.</summary>
public sealed partial class RulesForm : ComponentBase
{
    private readonly List<Draft> rules = [];
    private Refusal? refusal;
    private PagingReplayed? replayed;
    private bool busy;
    private bool isReplaying;

    [Inject] private SetPagingRules.Handler Set { get; set; } = default!;
    [Inject] private ReplayPaging.Handler Replay { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [Parameter, EditorRequired] public RulesShown Rules { get; set; } = default!;
    [Parameter, EditorRequired] public IReadOnlyList<PolicyRow> Policies { get; set; } = [];
    [Parameter, EditorRequired] public IReadOnlyList<NamedSlug> Services { get; set; } = [];

    /// <summary>With a sentence when something was saved.</summary>
    [Parameter] public EventCallback<string?> Done { get; set; }

    private sealed class Draft
    {
        public SignalSeverity Severity { get; set; } = SignalSeverity.Error;
        public string Service { get; set; } = "";
        public PagingHours Hours { get; set; }
        public string Policy { get; set; } = "";
        public string Labels { get; set; } = "";
        public QuietDraft Quiet { get; init; } = new();
    }

    protected override void OnInitialized()
    {
        rules.AddRange(Rules.Rules.Select(r => new Draft
        {
            Severity = r.MinimumSeverity,
            Service = r.Service ?? "",
            Hours = r.Hours,
            Policy = r.Policy?.ToString() ?? "",
            Labels = string.Join(", ", r.GroupBy),
            Quiet = QuietDraft.Of(r.Quiet),
        }));
        if (rules.Count == 0)
            rules.Add(new Draft { Policy = Policies.Count > 0 ? Policies[0].Id.ToString() : "" });
    }

    private async Task SaveAsync()
    {
        busy = true;
        var request = new SetPagingRules(Rules.Team, [.. rules.Select(Given)], Rules.Version);
        refusal = (await Set.HandleAsync(request, await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (refusal is null)
            await Done.InvokeAsync("The rules are saved. They decide about what comes in from now on.");
    }

    private async Task ReplayAsync()
    {
        (busy, isReplaying, replayed) = (true, true, null);
        var given = await Replay.HandleAsync(new ReplayPaging(Rules.Team, [.. rules.Select(Given)]), await Current.GetAsync(), default).OrUnanswered();
        (refusal, replayed) = (given.Refusal, given.Succeeded ? given.Value : null);
        (busy, isReplaying) = (false, false);
    }

    private void Move(int place) => (rules[place - 1], rules[place]) = (rules[place], rules[place - 1]);

    private static RuleGiven Given(Draft draft)
    {
        var pages = Guid.TryParse(draft.Policy, out var policy);
        return new(
            draft.Severity, draft.Service.Length == 0 ? null : draft.Service, draft.Hours, pages ? PagingAction.Page : PagingAction.Record, pages ? policy : null,
            pages ? draft.Labels.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [],
            pages ? draft.Quiet.Given() : null);
    }
}
