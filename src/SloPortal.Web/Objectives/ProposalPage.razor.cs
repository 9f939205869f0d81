using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives;

/// <summary>A proposal: its terms, the evidence as it stood, and the signatures.</summary>
public sealed partial class ProposalPage
{
    private ElementReference reasonInput;
    private Refusal? refusal;
    private Refusal? trouble;
    private Deed? deed;
    private string reason = "";
    private bool busy;
    private bool justBegun;

    private enum Deed
    {
        Sign,
        Reject,
        Withdraw,
    }

    [Inject] private GetProposal.Handler Get { get; set; } = default!;
    [Inject] private SignProposal.Handler Sign { get; set; } = default!;
    [Inject] private RejectProposal.Handler Reject { get; set; } = default!;
    [Inject] private WithdrawProposal.Handler Withdraw { get; set; } = default!;

    [Parameter] public Guid Id { get; set; }

    [PersistentState] public ProposalDetail? Shown { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["proposals"];

    private IReadOnlyList<Crumb> Way => Shown is null
        ? [new("Objectives", Routes.Objectives)]
        : [new("Objectives", Routes.Objectives), new(Shown.ServiceName, Routes.Service(Shown.Service)), new(Shown.ObjectiveName, Routes.Objective(Shown.Service, Shown.Objective))];

    private string Target => Shown!.TargetPercent.ToString(CultureInfo.InvariantCulture);

    private string WaitsFor => string.Join(" and ", new[] { Shown!.Owner, Shown.Stakeholder }.Where(p => p.SignedAt is null).Select(p => p.Name));

    private string Headline => Shown!.Evidence.MetShare switch
    {
        null => "The history cannot say yet whether this would have held.",
        >= 1 => "This would have held in every past window.",
        var share => $"This would have failed in {PercentText.Spent(1 - share.Value)} of past windows.",
    };

    private DateTimeOffset? InForceFrom => Shown!.VersionEffectiveFrom ?? Shown.EffectiveFrom;

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Id != Id)
            await ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!justBegun)
            return;
        justBegun = false;
        await reasonInput.FocusAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Id;
        var outcome = await Get.HandleAsync(new GetProposal(asked), actor, Left);
        if (asked == Id)
            (Shown, refusal) = (outcome.Value, outcome.Refusal);
    }

    private void Begin(Deed what) => (deed, reason, trouble, justBegun) = (what, "", null, true);

    private async Task DoAsync()
    {
        busy = true;
        var actor = await Current.GetAsync(Left);
        trouble = deed switch
        {
            Deed.Sign => (await Sign.HandleAsync(new SignProposal(Id, reason), actor, Left)).Refusal,
            Deed.Reject => (await Reject.HandleAsync(new RejectProposal(Id, reason), actor, Left)).Refusal,
            Deed.Withdraw => (await Withdraw.HandleAsync(new WithdrawProposal(Id, reason), actor, Left)).Refusal,
            _ => null,
        };
        busy = false;
        if (trouble is not null)
            return;
        deed = null;
        await ReadAsync();
    }

    private static string Question(Deed what) => what switch
    {
        Deed.Sign => "Why do you agree?",
        Deed.Reject => "Why do you reject it?",
        Deed.Withdraw => "Why is it withdrawn?",
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static string Verb(Deed what) => what switch
    {
        Deed.Sign => "Sign",
        Deed.Reject => "Reject the proposal",
        Deed.Withdraw => "Withdraw the proposal",
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };
}
