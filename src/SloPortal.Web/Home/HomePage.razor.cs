using Microsoft.AspNetCore.Components;
using SloPortal.Application.Changes;
using SloPortal.Application.Objectives;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Home;

/// <summary>What needs the reader now; on a new portal, the way to the first objective.</summary>
public sealed partial class HomePage
{
    private Actor actor = CurrentActor.Nobody;
    private Refusal? refusal;

    [Inject]
    private WhatNeedsMe.Handler Needs { get; set; } = default!;

    [Inject]
    private OpenWork.Reader Waiting { get; set; } = default!;

    [Inject]
    private GetSetupProgress.Handler Setup { get; set; } = default!;

    [PersistentState]
    public SetupProgress? Progress { get; set; }

    [PersistentState]
    public Needs? Found { get; set; }

    [PersistentState]
    public OpenWork? Work { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["alerts", "proposals", "objectives", "sources", "incidents", "postmortems", "actions", "measurements"];

    /// <summary>Every pull of every source is told.</summary>
    protected override TimeSpan AtMostEvery { get; } = TimeSpan.FromSeconds(3);

    private (string First, string More) Standing => (Progress, Found, Work) switch
    {
        (null, _, _) or (_, null, _) or (_, _, null) => ("", "Reading what needs you."),
        ({ HasObjective: false }, { Count: 0 }, { Count: 0 }) => ("Three steps lead to the first objective.", " Each says what it waits for."),
        (_, { Count: 0, OfMyTeams: true }, { Count: 0 }) => ("Nothing needs you now", " on the services of your teams."),
        (_, { Count: 0 }, { Count: 0 }) => ("Nothing needs you now.", ""),
        _ => SentenceOf(Found, Work),
    };

    protected override async Task OnInitializedAsync()
    {
        actor = await Current.GetAsync(Left);
        if (Progress is null || Found is null || Work is null)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        this.actor = actor;
        var progress = await Setup.HandleAsync(new GetSetupProgress(), actor, Left);
        var needs = await Needs.HandleAsync(new WhatNeedsMe(), actor, Left);
        var work = await Waiting.ReadAsync(actor, Left);
        refusal = progress.Refusal ?? needs.Refusal ?? work.Refusal;
        (Progress, Found, Work) = (progress.Value, needs.Value, work.Value);
    }

    private static (string First, string More) SentenceOf(Needs needs, OpenWork work)
    {
        string[] parts =
        [
            .. new[]
            {
                Counted(work.OpenIncidents, "incident is open", "incidents are open"),
                Counted(work.Proposals.Count, "burn alert waits for your decision", "burn alerts wait for your decision"),
                Counted(needs.Alerts.Count, "alert fires", "alerts fire"),
                Counted(needs.Signatures.Count, "proposal waits for your signature", "proposals wait for your signature"),
                Counted(needs.Decisions.Count, "proposal waits for you to decide", "proposals wait for you to decide"),
                Counted(work.OverdueActions, "action is overdue", "actions are overdue"),
                Counted(work.Reviews.Count, "postmortem waits for a review", "postmortems wait for a review"),
                Counted(needs.AtRisk.Count, "objective is at risk", "objectives are at risk"),
                Counted(work.Findings.Count, "measurement disagrees", "measurements disagree"),
                Counted(needs.Stopped.Count, "source is silent", "sources are silent"),
            }.OfType<string>(),
        ];
        return (parts[0], string.Concat(parts.Skip(1).Select(p => $", {p}")) + ".");
    }

    private static string? Counted(int count, string one, string many) => count switch { 0 => null, 1 => $"1 {one}", _ => $"{count} {many}" };
}
