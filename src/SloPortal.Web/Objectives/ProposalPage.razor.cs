using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Web.Objectives.Room;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives;

/// <summary>The room of a proposal: its terms, the evidence as it stood, what each side says, and the signatures.</summary>
public sealed partial class ProposalPage
{
    /// <summary>What is offered beside the main button, in this order; the rest stands in a menu.</summary>
    private static readonly RoomDeed[] Beside = [RoomDeed.Offer, RoomDeed.Reject];

    private static readonly RoomDeed[] InMenu = [RoomDeed.Deadline, RoomDeed.Arbiter, RoomDeed.Dissent, RoomDeed.Withdraw];

    private Refusal? refusal;
    private RoomDeed? deed;
    private Guid opened;

    [Inject] private GetProposal.Handler Get { get; set; } = default!;
    [Inject] private IEnumerable<ProposalPart> KnownParts { get; set; } = default!;

    /// <summary>What the room opens its form for, by name; where a fresh sign-in leads back to.</summary>
    [SupplyParameterFromQuery(Name = "do")] private string? Do { get; set; }

    [Parameter] public Guid Id { get; set; }

    [PersistentState] public ProposalDetail? Shown { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["proposals"];

    private IReadOnlyList<Crumb> Way => Shown is null
        ? [new("Objectives", Routes.Objectives)]
        : [new("Objectives", Routes.Objectives), new(Shown.ServiceName, Routes.Service(Shown.Service)), new(Shown.ObjectiveName, Routes.Objective(Shown.Service, Shown.Objective))];

    private string Target => Shown!.TargetPercent.ToString(CultureInfo.InvariantCulture);

    private string Headline => Shown!.Evidence.MetShare switch
    {
        null => "The history cannot say yet whether this would have held.",
        >= 1 => "This would have held in every past window.",
        var share => $"This would have failed in {PercentText.Spent(1 - share.Value)} of past windows.",
    };

    private NegotiationDetail Room => Shown!.Negotiation;

    private RoomDeed? Main => RoomDeed.Sign.May(Shown!) ? RoomDeed.Sign : RoomDeed.Decide.May(Shown!) ? RoomDeed.Decide : null;

    private IEnumerable<RoomDeed> Others => Beside.Where(d => d.May(Shown!));

    private List<RoomDeed> More => [.. InMenu.Where(d => d.May(Shown!) && (d != RoomDeed.Arbiter || Room.Arbiter is null))];

    private IEnumerable<ProposalPart> Parts => KnownParts.OrderBy(p => p.Order);

    private Dictionary<string, object> PartParameters => new() { ["Room"] = Shown!, ["Now"] = Now };

    private DateTimeOffset? InForceFrom => Shown!.VersionEffectiveFrom ?? Shown.EffectiveFrom;

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Id != Id)
            await ReadAsync();
        if (opened == Id || Shown is null)
            return;
        opened = Id;
        deed = Enum.TryParse<RoomDeed>(Do, ignoreCase: true, out var asked) && Enum.IsDefined(asked) && asked.May(Shown) ? asked : null;
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Id;
        var outcome = await Get.HandleAsync(new GetProposal(asked), actor, Left);
        if (asked == Id)
            (Shown, refusal) = (outcome.Value, outcome.Refusal);
    }

    private void Begin(RoomDeed what) => deed = what;

    private async Task CloseAsync()
    {
        deed = null;
        await ReadAsync();
    }

    private static string Short(RoomDeed what) => what switch
    {
        RoomDeed.Reject => "Reject",
        RoomDeed.Withdraw => "Withdraw",
        RoomDeed.Decide => "Decide",
        RoomDeed.Offer => "Offer other terms",
        RoomDeed.Deadline => "Set a deadline",
        RoomDeed.Arbiter => "Call an arbiter",
        RoomDeed.Dissent => "Record dissent",
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };
}
