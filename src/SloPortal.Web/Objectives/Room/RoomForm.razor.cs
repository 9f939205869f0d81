using Microsoft.AspNetCore.Components;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.Room;

/// <summary>The form for one deed in the room. What was typed stays when the deed is refused.</summary>
public sealed partial class RoomForm : IDisposable
{
    private readonly CancellationTokenSource left = new();
    private ElementReference title;
    private RoomInput input = new();
    private IReadOnlyList<PartyChoice> people = [];
    private Refusal? trouble;
    private string seen = "";
    private bool busy;

    [Inject] private SignProposal.Handler Sign { get; set; } = default!;
    [Inject] private RejectProposal.Handler Reject { get; set; } = default!;
    [Inject] private WithdrawProposal.Handler Withdraw { get; set; } = default!;
    [Inject] private CounterOffer.Handler Offer { get; set; } = default!;
    [Inject] private StatePosition.Handler State { get; set; } = default!;
    [Inject] private ArbitrateProposal.Handler Decide { get; set; } = default!;
    [Inject] private TakeRisk.Handler Risk { get; set; } = default!;
    [Inject] private RecordDissent.Handler Dissent { get; set; } = default!;
    [Inject] private InviteToProposal.Handler Invite { get; set; } = default!;
    [Inject] private SetDeadline.Handler Deadline { get; set; } = default!;
    [Inject] private CallArbiter.Handler Call { get; set; } = default!;
    [Inject] private GetProposalChoices.Handler Choices { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [Parameter, EditorRequired] public ProposalDetail Room { get; set; } = default!;

    /// <summary>A name of <see cref="RoomDeed"/>; the form is for one.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>It was done, or somebody thought better of it.</summary>
    [Parameter, EditorRequired] public EventCallback Closed { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private RoomDeed Deed => Enum.Parse<RoomDeed>(Name);

    private bool IsComplete =>
        (!Deed.HasReason() || !string.IsNullOrWhiteSpace(input.Reason)) && (!Deed.HasPerson() || input.Person.Length > 0);

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync(left.Token);
        // What stood here when the form opened is what the person read; it may move while they type.
        seen = Room.ContentHash;
        input = RoomInput.Of(Deed, Room, actor.PersonId, Zone);
        if (Deed.HasPerson())
            people = (await Choices.HandleAsync(new GetProposalChoices(Room.Service), actor, left.Token)).Value?.People ?? [];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await title.FocusAsync();
    }

    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    /// <summary>The terms moved while somebody wrote about them.</summary>
    private bool HasMoved => seen != Room.ContentHash && (Deed.HasTerms() || Deed is RoomDeed.Sign or RoomDeed.Risk);

    private bool MayBeChosen(PartyChoice person) => Deed == RoomDeed.Arbiter
        ? person.Id != Room.Owner.PersonId && person.Id != Room.Stakeholder.PersonId
        : Room.Negotiation.Invitees.All(i => i.PersonId != person.Id) && Room.Negotiation.Positions.All(p => p.PersonId != person.Id);

    private async Task DoAsync()
    {
        if (busy || !IsComplete)
            return;
        if ((Deed == RoomDeed.State || Deed.HasTerms()) && input.Target is null)
        {
            trouble = Refusal.Invalid(Deed.HasTerms() ? "Terms.TargetPercent" : "TargetPercent", "Write the target as a number, for example 99.9.");
            return;
        }
        busy = true;
        trouble = await RefusalAsync(await Current.GetAsync(left.Token), left.Token);
        busy = false;
        // The refusal says what stands here by now, and the page shows it; the password is asked anew.
        (seen, input.Password) = (Room.ContentHash, null);
        if (trouble is null)
            await Closed.InvokeAsync();
    }

    private async Task<Refusal?> RefusalAsync(Actor actor, CancellationToken ct) => Deed switch
    {
        RoomDeed.Sign => (await Sign.HandleAsync(new SignProposal(Room.Id, input.Reason, seen, input.Password), actor, ct)).Refusal,
        RoomDeed.Reject => (await Reject.HandleAsync(new RejectProposal(Room.Id, input.Reason), actor, ct)).Refusal,
        RoomDeed.Withdraw => (await Withdraw.HandleAsync(new WithdrawProposal(Room.Id, input.Reason), actor, ct)).Refusal,
        RoomDeed.Offer => (await Offer.HandleAsync(new CounterOffer(Room.Id, input.Terms(Zone), input.Reason, seen), actor, ct)).Refusal,
        RoomDeed.State => (await State.HandleAsync(new StatePosition(Room.Id, input.Target!.Value, input.Reason, input.Password), actor, ct)).Refusal,
        RoomDeed.Decide => (await Decide.HandleAsync(new ArbitrateProposal(Room.Id, input.Terms(Zone), input.Reason, seen, input.Password), actor, ct)).Refusal,
        RoomDeed.Risk => (await Risk.HandleAsync(new TakeRisk(Room.Id, input.Reason, seen, input.Password), actor, ct)).Refusal,
        RoomDeed.Dissent => (await Dissent.HandleAsync(new RecordDissent(Room.Id, input.Reason), actor, ct)).Refusal,
        RoomDeed.Invite => (await Invite.HandleAsync(new InviteToProposal(Room.Id, Guid.Parse(input.Person)), actor, ct)).Refusal,
        RoomDeed.Deadline => (await Deadline.HandleAsync(new SetDeadline(Room.Id, input.Deadline is { } wall ? ReaderZone.Instant(wall, Zone) : null), actor, ct)).Refusal,
        RoomDeed.Arbiter => (await Call.HandleAsync(new CallArbiter(Room.Id, Guid.Parse(input.Person), input.Reason), actor, ct)).Refusal,
        _ => throw new InvalidOperationException($"The room has no form for {Name}."),
    };

    private bool Has(string field) => trouble?.Fields?.ContainsKey(field) == true;

    private string? Bad(params string[] fields) => fields.Any(Has) ? "true" : null;
}
